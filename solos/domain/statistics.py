"""The directory in numbers, each counted from rows in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from solos.enums import SoloState
from solos.models import ContactMessage, StateChange
from solos.querysets import SoloQuerySet

MONTHS = 24
# Messages are kept a year.
MONTHS_OF_MESSAGES = 12
PUBLISHED = Q(state=SoloState.PUBLISHED)
KNOWN_AND_SHOWN = (gettext_lazy("recensés"), gettext_lazy("dans l’annuaire"))
# Verified within so many days; the last bound is open.
AGES = (
    (gettext_lazy("moins de 3 mois"), 0, 91),
    (gettext_lazy("3 à 6 mois"), 91, 183),
    (gettext_lazy("6 à 12 mois"), 183, 366),
    (gettext_lazy("plus d’un an"), 366, None),
)


@dataclass(frozen=True)
class Row:
    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Numbers by row; `key` names it in an address, `note` says what was counted."""

    key: str
    title: str | Promise
    first_head: str | Promise
    heads: tuple[str | Promise, ...]
    rows: tuple[Row, ...]
    note: str | Promise = ""

    @property
    def most(self) -> int:
        return max((row.numbers[0] for row in self.rows), default=0)


def compose_statistics(solos: SoloQuerySet, today: date | None = None) -> list[Table]:
    """Six tables, six statements, whatever the number of solos."""
    today = today or timezone.localdate()
    return [
        states_by_month(solos, today),
        _known_by(
            solos, "trade__sector__name", "secteurs", gettext_lazy("Par secteur"), _("Secteur")
        ),
        _known_by(
            solos,
            "commune__epci__name",
            "intercommunalites",
            gettext_lazy("Par intercommunalité"),
            _("Intercommunalité"),
        ),
        _known_by(solos, "commune__name", "communes", gettext_lazy("Par commune"), _("Commune")),
        ages_of_verification(solos, today),
        messages_by_month(solos, today),
    ]


def states_by_month(solos: SoloQuerySet, today: date) -> Table:
    """How many were in each state at the end of each month, today for the last one.

    Each change of state adds one to where it leads and takes one from where it came from; what is
    older than the first month counts in it.
    """
    months = months_until(today, MONTHS)
    before = (
        StateChange.objects.filter(solo=OuterRef("solo"))
        .filter(
            Q(changed_on__lt=OuterRef("changed_on"))
            | Q(changed_on=OuterRef("changed_on"), pk__lt=OuterRef("pk"))
        )
        .order_by("-changed_on", "-pk")
    )
    moves = (
        StateChange.objects.filter(solo__in=solos.order_by().values("pk"), changed_on__lte=today)
        .annotate(
            before=Subquery(before.values("state")[:1]),
            month=TruncMonth(Greatest("changed_on", Value(months[0], DateField()))),
        )
        .order_by()
        .values_list("month", "state", "before")
        .annotate(count=Count("pk"))
    )
    change = {(month, state): 0 for month in months for state in SoloState.values}
    for month, state, came_from, count in moves:
        change[month, state] += count
        if came_from:
            change[month, came_from] -= count
    totals, rows = dict.fromkeys(SoloState.values, 0), []
    for month in months:
        totals = {state: total + change[month, state] for state, total in totals.items()}
        rows.append(Row(_month(month), tuple(totals.values())))
    return Table(
        key="etats",
        title=gettext_lazy("Par état, mois après mois"),
        first_head=_("Fin du mois"),
        heads=tuple(state.label for state in SoloState),
        rows=tuple(rows),
        note=_("Le dernier mois s’arrête aujourd’hui."),
    )


def ages_of_verification(solos: SoloQuerySet, today: date) -> Table:
    """How long ago those of the directory said that their profile was right."""
    counts = {}
    for number, (_label, youngest, oldest) in enumerate(AGES):
        within = Q(verified_on__lte=today - timedelta(days=youngest))
        if oldest:
            within &= Q(verified_on__gt=today - timedelta(days=oldest))
        counts[f"age_{number}"] = Count("pk", filter=PUBLISHED & within)
    never = Count("pk", filter=PUBLISHED & Q(verified_on=None))
    found = solos.order_by().aggregate(**counts, never=never)
    labels = [str(label) for label, _youngest, _oldest in AGES]
    rows = [Row(label, (found[name],)) for label, name in zip(labels, counts, strict=True)]
    return Table(
        key="verifications",
        title=gettext_lazy("Par âge de la dernière vérification"),
        first_head=_("Vérifiée il y a"),
        heads=(_("fiches dans l’annuaire"),),
        rows=(*rows, Row(_("jamais"), (found["never"],))),
    )


def messages_by_month(solos: SoloQuerySet, today: date) -> Table:
    """How many messages the site passed on; not who wrote, nor what."""
    months = months_until(today, MONTHS_OF_MESSAGES)
    counted = (
        ContactMessage.objects.filter(solo__in=solos.order_by().values("pk"))
        .order_by()
        .annotate(month=TruncMonth("sent_at"))
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    found = {timezone.localtime(month).date(): count for month, count in counted}
    return Table(
        key="messages",
        title=gettext_lazy("Messages transmis par le site"),
        first_head=_("Mois"),
        heads=(_("messages"),),
        rows=tuple(Row(_month(month), (found.get(month, 0),)) for month in months),
        note=_("Un message est gardé un an, pour qui le reçoit seul."),
    )


def months_until(today: date, count: int) -> list[date]:
    first = today.replace(day=1)
    return [first - relativedelta(months=back) for back in reversed(range(count))]


def _known_by(solos: SoloQuerySet, path: str, key: str, title: str | Promise, head: str) -> Table:
    """Of those whom the programme knows, how many in each group; the largest first."""
    known = solos.counted_by(path).order_by("-known", F(path).asc(nulls_last=True))
    rows: Sequence[Any] = [Row(name or _("non dit"), (all_, shown)) for name, all_, shown in known]
    return Table(key, title, head, KNOWN_AND_SHOWN, tuple(rows))


def _month(month: date) -> str:
    return date_format(month, "F Y")
