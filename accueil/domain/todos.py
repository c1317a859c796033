from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accueil.models import Event
from territoires.domain.todos import Line, filters_of
from territoires.models import Territory


def todos(territory: Territory) -> list[Line]:
    here, events = filters_of(territory), Event.objects.in_territory(territory)
    return [
        Line(
            ngettext_lazy("rendez-vous dans les 30 jours", "rendez-vous dans les 30 jours"),
            events.soon(),
            here | {"a_traiter": "bientot"},
            _("Invitations, repas, visites : tout est prêt ?"),
        ),
        Line(
            ngettext_lazy(
                "rendez-vous en brouillon, à annoncer", "rendez-vous en brouillon, à annoncer"
            ),
            events.unannounced(),
            here | {"a_traiter": "a-annoncer"},
            _("Le public ne les voit pas encore."),
        ),
    ]
