from django.utils.translation import gettext_lazy as _

from solos.enums import SoloState
from solos.models import CountedSearch, PossibleDouble, Solo
from territoires.domain.todos import Line, filters_of
from territoires.models import Territory


def todos(territory: Territory) -> list[Line]:
    here, solos = filters_of(territory), Solo.objects.in_territory(territory)
    return [
        Line(
            _("fiches de solos à relire"),
            solos.to_read(),
            here | {"a_traiter": "a-relire"},
            _("Une page à publier, ou des changements à lire."),
            urgent=True,
        ),
        Line(
            _("solos sans nouvelles"),
            solos.silent(),
            here | {"a_traiter": "sans-nouvelles"},
            _("Leur fiche s’efface : un appel la sauve."),
        ),
        Line(
            _("doublons possibles"),
            PossibleDouble.objects.in_territory(territory).open(),
            here | {"a_traiter": "a-comparer"},
            _("Une personne, ou deux ? Vous seuls le savez."),
        ),
        Line(
            _("solos recensés, jamais invités dans l’annuaire"),
            solos.filter(state=SoloState.IDENTIFIED),
            here | {"state__exact": SoloState.IDENTIFIED},
            _("Choisissez-les dans la liste, puis « Inviter »."),
        ),
        Line(
            _("recherches de l’annuaire faites souvent, sans trouver personne"),
            CountedSearch.objects.in_territory(territory).unmet(),
            here | {"a_traiter": "sans-resultat"},
            _("Depuis le mois dernier : qui, par ici, a ce métier ?"),
        ),
    ]
