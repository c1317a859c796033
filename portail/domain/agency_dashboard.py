"""What the agency's first screen answers: what is there to do, how far have we come?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accueil.domain import todos as accueil
from accueil.models import Event
from portail.domain import todos as portail
from portail.domain.todos import mail_todos
from solos.domain import todos as solos
from solos.enums import SoloState
from solos.models import Solo
from telecentres.domain import todos as telecentres
from telecentres.enums import TelecentreState
from telecentres.models import Telecentre
from territoires.domain import todos as territoires
from territoires.domain.todos import Line, Text, filters_of, import_todos
from territoires.models import Commune, HostVillage, Territory
from territoires.scoping import Anyone, may_somewhere

# Whoever may list a first solo takes the first steps.
SETS_UP = "solos.add_solo"
# In the order of an officer's morning: people first.
WORK = (solos.todos, territoires.todos, accueil.todos, telecentres.todos, portail.todos)


@dataclass(frozen=True)
class Step:
    """One of the first things to set up; `model` is where it is done."""

    words: Text
    hint: Text
    model: str
    is_done: bool


@dataclass(frozen=True)
class AgencyDashboard:
    todos: list[Line]
    figures: list[Line]
    steps: list[Step]

    @property
    def is_settled(self) -> bool:
        return all(step.is_done for step in self.steps)


def compose_agency_dashboard(territory: Territory | None, user: Anyone) -> AgencyDashboard:
    """What `user` may open, counted in their perimeter; one query per line.

    Lines of work with nothing to do are left out; the first steps are of whoever may take them.
    """
    figures = _seen(_figures(territory) if territory else [], user)
    todos = [*mail_todos(), *import_todos()]
    if territory:
        todos = [line for of_app in WORK for line in of_app(territory)] + todos
    return AgencyDashboard(
        todos=[line for line in _seen(todos, user) if line.count],
        figures=figures,
        steps=_steps(territory, figures) if may_somewhere(user, SETS_UP) else [],
    )


def _seen(lines: Iterable[Line], user: Anyone) -> list[Line]:
    return [seen for line in lines if (seen := line.seen_by(user))]


def _figures(territory: Territory) -> list[Line]:
    here = filters_of(territory)
    everyone = Solo.objects.in_territory(territory)
    known = SoloState.known()
    communes = Commune.objects.current().within(territory)
    return [
        Line(
            ngettext_lazy("solo recensé", "solos recensés"),
            everyone.filter(state__in=known),
            here | {"state__in": ",".join(known)},
        ),
        Line(
            ngettext_lazy("dans l’annuaire", "dans l’annuaire"),
            everyone.filter(state=SoloState.PUBLISHED),
            here | {"state__exact": SoloState.PUBLISHED},
        ),
        Line(
            ngettext_lazy("village d’accueil", "villages d’accueil"),
            HostVillage.objects.in_territory(territory),
            here,
        ),
        Line(
            ngettext_lazy("télécentre ouvert", "télécentres ouverts"),
            Telecentre.objects.in_territory(territory).open(),
            here | {"state__exact": TelecentreState.OPEN},
        ),
        Line(
            ngettext_lazy("rendez-vous", "rendez-vous"), Event.objects.in_territory(territory), here
        ),
        Line(
            ngettext_lazy("commune", "communes"),
            communes,
            {"territoire": territory.slug, "existe": "oui"},
        ),
    ]


FIRST_STEPS = (
    (_("Le territoire"), _("Son nom, ses couleurs, ses communes."), "territoires.territory"),
    (
        _("Ses communes"),
        _("Elles arrivent avec ses départements."),
        "territoires.commune",
    ),
    (
        _("Un premier village d’accueil"),
        _("Avec la personne qui y répond."),
        "territoires.hostvillage",
    ),
    (
        _("Un premier télécentre"),
        _("Sa position, ses horaires, ses postes."),
        "telecentres.telecentre",
    ),
    (_("Les premiers solos"), _("Un par un, ou par un fichier."), "solos.solo"),
    (_("Une première session découverte"), _("Une date suffit."), "accueil.event"),
)


def _steps(territory: Territory | None, figures: list[Line]) -> list[Step]:
    settled = {line.model for line in figures if line.count}
    if territory:
        settled.add("territoires.territory")
    return [Step(words, hint, model, model in settled) for words, hint, model in FIRST_STEPS]
