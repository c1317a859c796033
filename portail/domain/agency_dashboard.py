"""What the agency's first screen answers: what is there to do, how far have we come?

Each line counts a set of rows that a list of the back-office can show: it carries the words of
that list's filter, so that the link leads to exactly the rows that were counted.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accueil.models import Event
from courrier.enums import MailState
from courrier.models import OutgoingMail
from portail.models import Page
from solos.enums import SoloState
from solos.models import Solo
from telecentres.enums import TelecentreState
from telecentres.models import Telecentre
from territoires.enums import ImportOutcome
from territoires.models import Commune, HostVillage, ImportRun, Territory

Text = str | Promise
Filters = dict[str, str]

# A refused import that nobody took up within the week is no longer news.
REFUSED_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A number, what it counts, and the list (model and filters) that shows those very rows."""

    words: Text
    count: int
    model: str
    filters: Filters
    hint: Text = ""
    urgent: bool = False


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


def compose_agency_dashboard(territory: Territory | None) -> AgencyDashboard:
    """One query per line; lines of work with nothing to do are left out."""
    figures = _figures(territory) if territory else []
    todos = _machine_work()
    if territory:
        todos = [
            *_people_work(territory),
            *_place_work(territory),
            *_text_work(territory),
            *todos,
        ]
    return AgencyDashboard(
        todos=[line for line in todos if line.count],
        figures=figures,
        steps=_steps(territory, figures),
    )


def _people_work(territory: Territory) -> list[Line]:
    here = _in(territory)
    villages = HostVillage.objects.in_territory(territory)
    identified = Solo.objects.in_territory(territory).filter(state=SoloState.IDENTIFIED)
    return [
        _line(
            _("solos recensés, jamais invités dans l’annuaire"),
            identified,
            here | {"state__exact": SoloState.IDENTIFIED},
            _("Recueillez leur accord, puis publiez."),
        ),
        _line(
            _("engagements de village qui finissent dans les 60 jours"),
            villages.ending_soon(),
            here | {"a_traiter": "fin-proche"},
            _("À renouveler avec la commune."),
            urgent=True,
        ),
        _line(
            _("villages d’accueil sans référent"),
            villages.without_referent(),
            here | {"a_traiter": "sans-referent"},
            _("Personne n’y répond aux candidats."),
        ),
    ]


def _place_work(territory: Territory) -> list[Line]:
    here = _in(territory)
    places = Telecentre.objects.in_territory(territory)
    events = Event.objects.in_territory(territory)
    return [
        _line(
            _("rendez-vous dans les 30 jours"),
            events.soon(),
            here | {"a_traiter": "bientot"},
            _("Invitations, repas, visites : tout est prêt ?"),
        ),
        _line(
            _("rendez-vous en brouillon, à annoncer"),
            events.unannounced(),
            here | {"a_traiter": "a-annoncer"},
            _("Le public ne les voit pas encore."),
        ),
        _line(
            _("télécentres ouverts sans horaires"),
            places.without_hours(),
            here | {"a_traiter": "sans-horaires"},
            _("On ne sait pas quand y venir."),
        ),
        _line(
            _("télécentres ouverts placés au centre de leur commune"),
            places.placed_roughly(),
            here | {"a_traiter": "position"},
            _("Placez-les à leur adresse sur la carte."),
        ),
    ]


def _text_work(territory: Territory) -> list[Line]:
    here = _in(territory)
    return [
        _line(
            _("pages sans version anglaise"),
            Page.objects.in_territory(territory).without_english(),
            here | {"a_traiter": "sans-anglais"},
            _("Sous /en/, on les lit en français."),
        ),
    ]


def _machine_work() -> list[Line]:
    mails = OutgoingMail.objects.all()
    today = timezone.localdate()
    since = timezone.make_aware(datetime.combine(today, time.min)) - REFUSED_FOR
    refused = ImportRun.objects.filter(outcome=ImportOutcome.REFUSED, started_at__gte=since)
    return [
        _line(
            _("e-mails abandonnés"),
            mails.filter(state=MailState.DEAD),
            {"state__exact": MailState.DEAD},
            _("Vérifiez l’adresse, puis réessayez."),
            urgent=True,
        ),
        _line(
            _("e-mails en retard"),
            mails.late(),
            {"a_traiter": "en-retard"},
            _("Le serveur de messagerie répond-il ?"),
        ),
        _line(
            _("imports de communes refusés cette semaine"),
            refused,
            {"outcome__exact": ImportOutcome.REFUSED, "started_at__gte": since.isoformat()},
            _("Le compte rendu dit quelles lignes."),
            urgent=True,
        ),
    ]


def _figures(territory: Territory) -> list[Line]:
    here = _in(territory)
    solos = Solo.objects.in_territory(territory)
    known = SoloState.known()
    communes = Commune.objects.current().within(territory)
    return [
        _line(
            _("solos recensés"),
            solos.filter(state__in=known),
            here | {"state__in": ",".join(known)},
        ),
        _line(
            _("dans l’annuaire"),
            solos.filter(state=SoloState.PUBLISHED),
            here | {"state__exact": SoloState.PUBLISHED},
        ),
        _line(_("villages d’accueil"), HostVillage.objects.in_territory(territory), here),
        _line(
            _("télécentres ouverts"),
            Telecentre.objects.in_territory(territory).open(),
            here | {"state__exact": TelecentreState.OPEN},
        ),
        _line(_("rendez-vous"), Event.objects.in_territory(territory), here),
        _line(_("communes"), communes, {"territoire": territory.slug, "existe": "oui"}),
    ]


FIRST_STEPS = (
    (_("Le territoire"), _("Son nom, ses couleurs, ses communes."), "territoires.territory"),
    (_("Ses communes"), _("La commande import_communes les charge."), "territoires.commune"),
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


def _line(
    words: Text, rows: "QuerySet[Any]", filters: Filters, hint: Text = "", *, urgent: bool = False
) -> Line:
    label: str = rows.model._meta.label_lower  # noqa: SLF001  (Django's documented API)
    return Line(words, rows.count(), label, filters, hint, urgent)


def _in(territory: Territory) -> Filters:
    return {"territory__id__exact": str(territory.pk)}
