from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from solos.enums import SoloState
from solos.models import CountedSearch, PossibleDouble, Solo
from territoires.domain.todos import Line, filters_of
from territoires.models import Territory


def todos(territory: Territory) -> list[Line]:
    here, solos = filters_of(territory), Solo.objects.in_territory(territory)
    return [
        Line(
            ngettext_lazy("fiche de solo à relire", "fiches de solos à relire"),
            solos.to_read(),
            here | {"a_traiter": "a-relire"},
            _("Une page à publier, ou des changements à lire."),
            urgent=True,
            page="admin:solos_solo_review",
        ),
        Line(
            ngettext_lazy("solo sans nouvelles", "solos sans nouvelles"),
            solos.silent(),
            here | {"a_traiter": "sans-nouvelles"},
            _("Leur fiche s’efface : un appel la sauve."),
        ),
        Line(
            ngettext_lazy("doublon possible", "doublons possibles"),
            PossibleDouble.objects.in_territory(territory).open(),
            here | {"a_traiter": "a-comparer"},
            _("Une personne, ou deux ? Vous seuls le savez."),
        ),
        Line(
            ngettext_lazy(
                "solo recensé, jamais invité dans l’annuaire",
                "solos recensés, jamais invités dans l’annuaire",
            ),
            solos.filter(state=SoloState.IDENTIFIED),
            here | {"state__exact": SoloState.IDENTIFIED},
            _("Choisissez-les dans la liste, puis « Inviter »."),
        ),
        Line(
            ngettext_lazy(
                "recherche de l’annuaire faite souvent, sans trouver personne",
                "recherches de l’annuaire faites souvent, sans trouver personne",
            ),
            CountedSearch.objects.in_territory(territory).unmet(),
            here | {"a_traiter": "sans-resultat"},
            _("Depuis le mois dernier : qui, par ici, a ce métier ?"),
        ),
    ]
