"""What is counted, how, and on which day: each figure is counted from rows, never typed in.

An indicator is *dated* when the rows themselves say since when they count: its value on any past
day can be counted afresh. The others are known on the day itself, then only by their snapshot.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accueil.enums import EventState
from accueil.models import Event
from observatoire.models import Snapshot
from solos.enums import SoloState
from solos.models import Solo
from telecentres.enums import SpaceKind, TelecentreState
from telecentres.models import Space, Telecentre
from territoires.enums import VillageKind
from territoires.models import Commune, HostVillage, Programme, Territory
from territoires.querysets import CommuneQuerySet

# What is counted: everything of a territory, or what one programme brought about.
Scope = Territory | Programme
Text = str | Promise
Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True)
class Indicator:
    key: str
    label: Text
    unit: Text
    definition: Text
    source: Text
    count: Callable[[Scope, date], int | None]
    is_dated: bool = True

    def value(self, scope: Scope, day: date) -> Decimal | None:
        """The value at the end of `day` (now, when it is today); None where nobody can know."""
        if day != timezone.localdate() and not self.is_dated:
            return None
        counted = self.count(scope, day)
        return None if counted is None else Decimal(counted)


@dataclass(frozen=True)
class Figure:
    """One indicator's value on a day; `vintage` is the year of the data when it is older."""

    indicator: Indicator
    day: date
    value: Decimal | None
    vintage: int | None = None


def current_figures(territory: Territory) -> list[Figure]:
    """Every indicator of the territory, now."""
    return figures_on(territory, timezone.localdate())


def figures_on(territory: Territory, day: date) -> list[Figure]:
    """Every indicator at the end of `day`: counted afresh, or as its snapshot kept it."""
    kept: dict[str, Decimal] = {}
    if day != timezone.localdate():
        rows = Snapshot.objects.filter(territory=territory, day=day)
        kept = dict(rows.values_list("indicator", "value"))
    figures = []
    for indicator in INDICATORS.values():
        value = indicator.value(territory, day)
        figures.append(
            Figure(
                indicator,
                day,
                kept.get(indicator.key) if value is None else value,
                _population_year(territory) if indicator.key == "population" else None,
            )
        )
    return figures


def programme_figures(programme: Programme, day: date) -> list[Figure]:
    """What the programme can show its funders at the end of `day`."""
    return [
        Figure(INDICATORS[key], day, INDICATORS[key].value(programme, day))
        for key in PROGRAMME_INDICATORS
    ]


def _solos(scope: Scope, day: date, states: list[SoloState]) -> int:
    return _of(Solo.objects.all(), scope).in_state_on(day, states).count()


def _villages(scope: Scope, day: date, kind: VillageKind) -> int:
    committed = HostVillage.objects.filter(kind=kind, committed_on__lte=day)
    return _of(committed.exclude(commitment_ends_on__lt=day), scope).count()


def _telecentres(scope: Scope, state: TelecentreState) -> int:
    return _of(Telecentre.objects.own().filter(state=state), scope).count()


def _desks(scope: Scope) -> int:
    """Desks and closed offices, each of which is booked as one."""
    open_places = _of(Telecentre.objects.own().open(), scope)
    spaces = Space.objects.filter(
        telecentre__in=open_places, kind__in=[SpaceKind.DESK, SpaceKind.OFFICE]
    )
    return spaces.count()


def _sessions(scope: Scope, day: date, since: date | None = None) -> int:
    """Discovery sessions that are over: one under way, or cancelled, was not held."""
    held = Event.objects.discovery_sessions().filter(
        state=EventState.PUBLISHED, ends_at__lte=min(_midnight_after(day), timezone.now())
    )
    if since:
        held = held.filter(starts_at__gte=_midnight_after(since - timedelta(days=1)))
    return _of(held, scope).count()


def _communes(scope: Scope) -> CommuneQuerySet:
    if isinstance(scope, Programme):
        raise TypeError("a programme counts no communes")
    return Commune.objects.current().within(scope)


def _population(scope: Scope) -> int | None:
    known: dict[str, int | None] = _communes(scope).aggregate(total=Sum("population"))
    return known["total"]


def _population_year(territory: Territory) -> int | None:
    known: dict[str, int | None] = _communes(territory).aggregate(year=Max("population_year"))
    return known["year"]


def _of(rows: Rows, scope: Scope) -> Rows:
    """Those rows that belong to the scope: all of them have a key to both."""
    return rows.filter(**{"programme" if isinstance(scope, Programme) else "territory": scope})


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _by_key(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    return {indicator.key: indicator for indicator in indicators}


OWN_RECORDS = _("fiches tenues par l’agence sur cette plateforme")
OFFICIAL_DATA = _("liste officielle des communes (INSEE)")

INDICATORS = _by_key(
    [
        Indicator(
            key="solos_identified",
            label=_("Solos recensés"),
            unit=_("personnes"),
            definition=_(
                "Personnes qui travaillent à leur compte ou à distance et que le programme "
                "connaît, qu’elles soient ou non dans l’annuaire public ; celles qui se sont "
                "retirées ne comptent plus."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _solos(scope, day, SoloState.known()),
        ),
        Indicator(
            key="solos_in_directory",
            label=_("Solos dans l’annuaire"),
            unit=_("personnes"),
            definition=_(
                "Solos recensés qui ont donné leur accord pour figurer dans l’annuaire public."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _solos(scope, day, [SoloState.PUBLISHED]),
        ),
        Indicator(
            key="host_villages",
            label=_("Villages d’accueil"),
            unit=_("communes"),
            definition=_("Communes dont l’engagement d’accueil complet est en cours ce jour-là."),
            source=OWN_RECORDS,
            count=lambda scope, day: _villages(scope, day, VillageKind.HOST),
        ),
        Indicator(
            key="associated_villages",
            label=_("Villages associés"),
            unit=_("communes"),
            definition=_(
                "Communes qui ont signé une partie de l’engagement d’accueil, en cours ce jour-là."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _villages(scope, day, VillageKind.ASSOCIATED),
        ),
        Indicator(
            key="telecentres_open",
            label=_("Télécentres ouverts"),
            unit=_("lieux"),
            definition=_(
                "Télécentres, tiers-lieux et espaces de coworking où l’on peut venir travailler."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _telecentres(scope, TelecentreState.OPEN),
            is_dated=False,
        ),
        Indicator(
            key="telecentres_planned",
            label=_("Télécentres en projet"),
            unit=_("lieux"),
            definition=_("Lieux de travail partagés annoncés, pas encore ouverts."),
            source=OWN_RECORDS,
            count=lambda scope, day: _telecentres(scope, TelecentreState.PLANNED),
            is_dated=False,
        ),
        Indicator(
            key="desks_offered",
            label=_("Postes de travail offerts"),
            unit=_("postes"),
            definition=_(
                "Bureaux fermés et postes en open-space des lieux ouverts ; les salles de "
                "réunion ne comptent pas."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _desks(scope),
            is_dated=False,
        ),
        Indicator(
            key="sessions_this_year",
            label=_("Sessions découverte de l’année"),
            unit=_("sessions"),
            definition=_(
                "Sessions découverte tenues depuis le 1er janvier ; celles qui ont été annulées "
                "ne comptent pas."
            ),
            source=OWN_RECORDS,
            count=lambda scope, day: _sessions(scope, day, since=day.replace(month=1, day=1)),
        ),
        Indicator(
            key="sessions_held",
            label=_("Sessions découverte depuis le début"),
            unit=_("sessions"),
            definition=_("Sessions découverte tenues jusqu’à ce jour, hors annulations."),
            source=OWN_RECORDS,
            count=_sessions,
        ),
        Indicator(
            key="communes",
            label=_("Communes"),
            unit=_("communes"),
            definition=_("Communes qui composent le territoire aujourd’hui."),
            source=OFFICIAL_DATA,
            count=lambda scope, day: _communes(scope).count(),
            is_dated=False,
        ),
        Indicator(
            key="population",
            label=_("Habitants"),
            unit=_("habitants"),
            definition=_(
                "Population municipale des communes du territoire, à la date du dernier "
                "recensement publié."
            ),
            source=OFFICIAL_DATA,
            count=lambda scope, day: _population(scope),
            is_dated=False,
        ),
    ]
)

PROGRAMME_INDICATORS = (
    "solos_identified",
    "solos_in_directory",
    "host_villages",
    "associated_villages",
    "sessions_held",
)
