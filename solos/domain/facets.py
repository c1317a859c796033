"""The filters of the directory, and how many people each of their values would leave.

A filter on a field only finds, and counts, those who agreed to show that field: otherwise the
number of results would tell what they keep to themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from solos.domain.profile import LANGUAGE_NAMES
from solos.enums import PublicField, SoloStatus
from solos.models import Sector, Trade
from solos.querysets import SoloQuerySet
from territoires.models import Commune, Epci

# Of what each writes freely; the rarer values are found by typing them.
MOST_CHOICES = 60
YES = "oui"
ALL = ""

# Among the rows that `shown` read once: how many there are, and how many have each value.
_OF_ALL = "SELECT '', '', count(*) FROM shown"
_OF_VALUE = (
    "SELECT '{name}', of_{name}::text, count(*) FROM shown WHERE of_{name} IS NOT NULL"
    " GROUP BY of_{name}"
)
_OF_EACH_IN_LIST = (
    "(SELECT '{name}', value, count(*) AS people FROM shown, unnest(of_{name}) AS value"
    " GROUP BY value ORDER BY people DESC, value LIMIT {most})"
)

# A value, how it is called, and in English where the agency says so.
Named = tuple[str, str | Promise, str]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise
    label_en: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One filter, with the choices that the others leave open."""

    name: str
    label: str | Promise
    chosen: str
    choices: tuple[Choice, ...]
    # The agency translates these words; proper names stay as they are.
    is_translated: bool


@dataclass(frozen=True)
class Filter:
    """How a filter reads the database, and whose consent it needs."""

    name: str
    label: Promise
    consent: PublicField
    value: str

    statement = _OF_VALUE
    is_translated = False

    def condition(self, value: str) -> Q:
        return self.finds(value) & Q(published_fields__contains=[self.consent])

    def finds(self, value: str) -> Q:
        return Q(**{self.value: value})

    def counted(self) -> Case:
        """What is counted of each: nothing of whoever keeps it private."""
        return Case(When(published_fields__contains=[self.consent], then=F(self.value)))

    def called(self, values: Iterable[str]) -> list[Named]:
        """How these values are called, in the order in which they are offered."""
        return [(value, self.label_of(value), "") for value in values]

    def label_of(self, value: str) -> str | Promise:
        return value


@dataclass(frozen=True)
class RowFilter(Filter):
    """Its values are rows, that have a name and an order of their own."""

    rows: Callable[[], "QuerySet[Any]"]
    code: str = "pk"

    def called(self, values: Iterable[str]) -> list[Named]:
        return list(self._found(values).values_list(self.code, "name", Value("")))

    def _found(self, values: Iterable[str]) -> "QuerySet[Any]":
        return self.rows().filter(**{f"{self.code}__in": list(values)})


class TranslatedFilter(RowFilter):
    is_translated = True

    def called(self, values: Iterable[str]) -> list[Named]:
        return list(self._found(values).values_list(self.code, "name", "name_en"))


class StatusFilter(Filter):
    def called(self, values: Iterable[str]) -> list[Named]:
        return super().called(sorted(values))

    def label_of(self, value: str) -> str | Promise:
        return SoloStatus(value).label if value in SoloStatus else value


class ListFilter(Filter):
    """One value among several that a solo has; the commonest are offered."""

    statement = _OF_EACH_IN_LIST

    def finds(self, value: str) -> Q:
        return Q(**{f"{self.value}__contains": [value]})


class LanguageFilter(ListFilter):
    def label_of(self, value: str) -> str | Promise:
        return LANGUAGE_NAMES.get(value, value)


class ClientsFilter(Filter):
    """Those who said yes; nobody is looked for because they did not."""

    def finds(self, value: str) -> Q:
        return Q(takes_clients=True) if value == YES else Q(pk__in=[])

    def counted(self) -> Case:
        return Case(When(self.condition(YES), then=Value(YES)))

    def label_of(self, value: str) -> str | Promise:
        return self.label if value == YES else value


FILTERS: tuple[Filter, ...] = (
    TranslatedFilter(
        "sector",
        _("Secteur"),
        PublicField.TRADE,
        value="trade__sector__slug",
        rows=lambda: Sector.objects.order_by("position", "slug"),
        code="slug",
    ),
    TranslatedFilter(
        "trade",
        _("Métier"),
        PublicField.TRADE,
        value="trade__slug",
        rows=lambda: Trade.objects.order_by("name", "slug"),
        code="slug",
    ),
    RowFilter(
        "commune",
        _("Commune"),
        PublicField.COMMUNE,
        value="commune_id",
        rows=lambda: Commune.objects.order_by("sort_name", "pk"),
    ),
    RowFilter(
        "epci",
        _("Intercommunalité"),
        PublicField.COMMUNE,
        value="commune__epci_id",
        rows=lambda: Epci.objects.order_by("name", "pk"),
    ),
    StatusFilter("status", _("Statut"), PublicField.STATUS, value="status"),
    ListFilter("skill", _("Compétence"), PublicField.SKILLS, value="skills"),
    LanguageFilter("language", _("Langue parlée"), PublicField.LANGUAGES, value="languages"),
    ClientsFilter(
        "clients",
        _("Prend de nouveaux clients"),
        PublicField.TAKES_CLIENTS,
        value="takes_clients",
    ),
)

# By the name of a filter, how many people show each of its values; under ALL, how many there are.
Counts = dict[str, dict[str, int]]


def count_values(rows: SoloQuerySet, filters: Sequence[Filter]) -> Counts:
    """How many of `rows` show each value of each of `filters`, in one statement.

    The values of a list come with the commonest first, MOST_CHOICES of them at most.
    """
    counts: Counts = {ALL: {ALL: 0}} | {one.name: {} for one in filters}
    columns = {f"of_{one.name}": one.counted() for one in filters}
    try:
        shown, given = rows.order_by().values("pk", **columns).query.sql_with_params()
    except EmptyResultSet:
        return counts
    parts = [_OF_ALL, *(one.statement.format(name=one.name, most=MOST_CHOICES) for one in filters)]
    statement = f"WITH shown AS ({shown}) {' UNION ALL '.join(parts)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        for name, value, people in cursor.fetchall():
            counts[name][value] = people
    return counts


def make_facet(own: Filter, counted: dict[str, int], chosen: str) -> Facet:
    """The choices counted and, last, so that it can be unmade, the one made that finds nobody."""
    values = counted | ({} if not chosen or chosen in counted else {chosen: 0})
    called = own.called(values)
    if chosen and all(value != chosen for value, _label, _label_en in called):
        called.append((chosen, chosen, ""))
    choices = [Choice(*named, values[named[0]]) for named in called]
    choices.sort(key=lambda choice: choice.value not in counted)
    return Facet(own.name, own.label, chosen, tuple(choices), own.is_translated)
