"""Look people up in the public directory: a text, some filters, and how many each would leave.

A filter on a field only finds those who agreed to show that field: otherwise the number of
results would tell what they keep to themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.measure import D
from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from solos.domain.profile import LANGUAGE_NAMES
from solos.enums import PublicField, SoloStatus
from solos.models import Solo
from solos.querysets import MOST_RANKED, SoloQuerySet
from territoires.models import Commune, Territory

# In kilometres, as the crow flies, from the commune's centre to the others'.
RADII = (5, 10, 20, 40)
# Of what each writes freely; the rarer values are found by typing them.
MOST_CHOICES = 60
YES = "oui"


@dataclass(frozen=True)
class DirectoryFilters:
    """What the visitor asked for; empty when they did not."""

    text: str = ""
    sector: str = ""
    trade: str = ""
    commune: str = ""
    # Kilometres around the commune, one of RADII.
    radius: str = ""
    epci: str = ""
    status: str = ""
    skill: str = ""
    language: str = ""
    clients: str = ""

    @property
    def has_choices(self) -> bool:
        return any(getattr(self, one.name) for one in _FILTERS)

    @property
    def kilometres(self) -> int:
        """0 unless the visitor chose one of ours, around a commune."""
        return next((km for km in RADII if self.commune and self.radius == str(km)), 0)

    @property
    def are_empty(self) -> bool:
        return not self.text and not self.has_choices


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
class Directory:
    solos: SoloQuerySet
    facets: tuple[Facet, ...]
    # Nothing matched the text to the letter: these only resemble it.
    is_approximate: bool
    # The text finds more than a search puts in order: every count is the least there are.
    has_more: bool


@dataclass(frozen=True)
class _Filter:
    """How a filter reads the database, and whose consent it needs."""

    name: str
    label: Promise
    consent: PublicField
    value: str
    order: str
    name_path: str = ""
    name_en_path: str = ""

    def condition(self, value: str) -> Q:
        return self.finds(value) & Q(published_fields__contains=[self.consent])

    def finds(self, value: str) -> Q:
        return Q(**{self.value: value})

    def offered(self, rows: SoloQuerySet) -> SoloQuerySet:
        """The rows that have something to choose by."""
        return rows.exclude(**{self.value: None})

    def code(self) -> Combinable:
        return F(self.value)

    def most(self) -> int | None:
        """How many choices are offered; None for all of them."""
        return None

    def row_of(self, value: str, published: SoloQuerySet) -> dict[str, Any] | None:
        """How one value is called; None if nobody of the directory has it."""
        return _named(published.filter(self.condition(value)), self).first()

    def label_of(self, row: dict[str, Any]) -> str | Promise:
        label: str = row["name"]
        return label


class _StatusFilter(_Filter):
    def label_of(self, row: dict[str, Any]) -> Promise:
        return SoloStatus(row["code"]).label


class _ListFilter(_Filter):
    """One value among several that a solo has; the commonest are offered."""

    def finds(self, value: str) -> Q:
        return Q(**{f"{self.value}__contains": [value]})

    def offered(self, rows: SoloQuerySet) -> SoloQuerySet:
        return rows

    def code(self) -> Combinable:
        return Func(F(self.value), function="unnest", output_field=CharField())

    def most(self) -> int:
        return MOST_CHOICES

    def row_of(self, value: str, _published: SoloQuerySet) -> dict[str, Any]:
        """Its own name, whoever has it."""
        return {"code": value, "name": value, "name_en": ""}


class _LanguageFilter(_ListFilter):
    def label_of(self, row: dict[str, Any]) -> str | Promise:
        code: str = row["code"]
        return LANGUAGE_NAMES.get(code, code)


class _ClientsFilter(_Filter):
    """Those who said yes; nobody is looked for because they did not."""

    def finds(self, value: str) -> Q:
        return Q(takes_clients=True) if value == YES else Q(pk__in=[])

    def offered(self, rows: SoloQuerySet) -> SoloQuerySet:
        return rows.filter(takes_clients=True)

    def code(self) -> Combinable:
        return Value(YES)

    def label_of(self, row: dict[str, Any]) -> Promise:
        return self.label


_FILTERS = (
    _Filter(
        "sector",
        _("Secteur"),
        PublicField.TRADE,
        value="trade__sector__slug",
        order="trade__sector__position",
        name_path="trade__sector__name",
        name_en_path="trade__sector__name_en",
    ),
    _Filter(
        "trade",
        _("Métier"),
        PublicField.TRADE,
        value="trade__slug",
        order="trade__name",
        name_path="trade__name",
        name_en_path="trade__name_en",
    ),
    _Filter(
        "commune",
        _("Commune"),
        PublicField.COMMUNE,
        value="commune_id",
        order="commune__sort_name",
        name_path="commune__name",
    ),
    _Filter(
        "epci",
        _("Intercommunalité"),
        PublicField.COMMUNE,
        value="commune__epci_id",
        order="commune__epci__name",
        name_path="commune__epci__name",
    ),
    _StatusFilter("status", _("Statut"), PublicField.STATUS, value="status", order="status"),
    _ListFilter("skill", _("Compétence"), PublicField.SKILLS, value="skills", order="-count"),
    _LanguageFilter(
        "language", _("Langue parlée"), PublicField.LANGUAGES, value="languages", order="-count"
    ),
    _ClientsFilter(
        "clients",
        _("Prend de nouveaux clients"),
        PublicField.TAKES_CLIENTS,
        value="takes_clients",
        order="takes_clients",
    ),
)


def browse_directory(*, territory: Territory, filters: DirectoryFilters) -> Directory:
    """The published solos of a territory that pass every filter, and what each filter offers."""
    published = Solo.objects.in_territory(territory).published()
    search = _Search(published, filters.text, _conditions(filters))
    return Directory(
        solos=search.passing(search.asked),
        facets=tuple(_facet(search, one, filters) for one in _FILTERS),
        is_approximate=search.found.is_approximate,
        has_more=search.found.has_more,
    )


def search_directory(*, territory: Territory, filters: DirectoryFilters) -> SoloQuerySet:
    """The same solos, every one of them, without counting what each filter would leave."""
    published = Solo.objects.in_territory(territory).published()
    found = find_solos(published, filters.text)
    every = found.solos
    if found.has_more:
        text, near = filters.text, found.is_approximate
        every = published.resembling(text) if near else published.saying(text)
    return every.filter(*_conditions(filters).values())


@dataclass(frozen=True)
class FoundSolos:
    """Who a text finds, best first."""

    solos: SoloQuerySet
    # Nothing matched the text to the letter: these only resemble it.
    is_approximate: bool = False
    # Only the likeliest were put in order.
    has_more: bool = False


def find_solos(published: SoloQuerySet, text: str) -> FoundSolos:
    """Those who match a text, else those who resemble it; everyone, without a text.

    The text is looked for once, here: what is asked of the answer later goes by the keys found.
    """
    if not text:
        return FoundSolos(published)
    is_approximate = not (keys := _ranked(published, text))
    keys = keys or _ranked(published, text, is_approximate=True)
    return FoundSolos(published.in_order_of(keys), is_approximate, len(keys) > MOST_RANKED)


def _ranked(rows: SoloQuerySet, text: str, *, is_approximate: bool = False) -> list[int]:
    found = rows.resembling(text)[: MOST_RANKED + 1] if is_approximate else rows.matching(text)
    return list(found.values_list("pk", flat=True))


class _Search:
    """A text and some filters, asked together or without one of them, as a facet counts."""

    def __init__(self, published: SoloQuerySet, text: str, asked: dict[str, Q]) -> None:
        self.published, self.text, self.asked = published, text, asked
        self.found = find_solos(published, text)
        self._searched: dict[tuple[str, ...], SoloQuerySet] = {}

    def passing(self, names: Iterable[str]) -> SoloQuerySet:
        """Those whom the text finds and who pass the filters of these names."""
        names = tuple(names)
        conditions = [self.asked[name] for name in names]
        if not (self.found.has_more and names):
            return self.found.solos.filter(*conditions)
        # Among those left unranked some may pass: the filters become part of the search.
        if names not in self._searched:
            rows = self.published.filter(*conditions)
            keys = _ranked(rows, self.text, is_approximate=self.found.is_approximate)
            self._searched[names] = rows.in_order_of(keys)
        return self._searched[names]


def match_directory(*, territory: Territory, filters: DirectoryFilters) -> SoloQuerySet:
    """Those alone who match to the letter: a mail announces nobody for a likeness."""
    published = Solo.objects.in_territory(territory).published()
    found = published.saying(filters.text) if filters.text else published
    return found.filter(*_conditions(filters).values())


def communes_around(code: str, kilometres: int) -> list[str]:
    """Codes of the communes whose centre is so near that of `code`; itself, without a centre."""
    centre = Commune.objects.filter(pk=code).values_list("centre", flat=True).first()
    if centre is None:
        return [code]
    near = Commune.objects.current().filter(centre__distance_lte=(centre, D(km=kilometres)))
    return list(near.values_list("pk", flat=True))


def _conditions(filters: DirectoryFilters) -> dict[str, Q]:
    """By the name of each filter that was asked for."""
    asked = {f.name: f.condition(value) for f in _FILTERS if (value := getattr(filters, f.name))}
    if kilometres := filters.kilometres:
        around = communes_around(filters.commune, kilometres)
        asked["commune"] = Q(commune__in=around, published_fields__contains=[PublicField.COMMUNE])
    return asked


def _facet(search: _Search, own: _Filter, filters: DirectoryFilters) -> Facet:
    found = search.passing(name for name in search.asked if name != own.name)
    rows = own.offered(found.filter(published_fields__contains=[own.consent]))
    named = _named(rows, own).annotate(count=Count("pk")).order_by(own.order, F("code"))
    choices = [_choice(own, row) for row in named[: own.most()]]
    chosen = getattr(filters, own.name)
    if chosen and all(choice.value != chosen for choice in choices):
        choices.append(_left_out(search.published, own, chosen))
    return Facet(own.name, own.label, chosen, tuple(choices), bool(own.name_en_path))


def _left_out(published: SoloQuerySet, own: _Filter, chosen: str) -> Choice:
    """The choice made, that finds nobody: shown all the same, so that it can be unmade."""
    row = own.row_of(chosen, published)
    return _choice(own, {**row, "count": 0}) if row else Choice(chosen, chosen, "", 0)


def _named(rows: SoloQuerySet, own: _Filter) -> QuerySet[Solo, Any]:
    return rows.order_by().values(
        code=own.code(),
        name=F(own.name_path) if own.name_path else own.code(),
        name_en=F(own.name_en_path) if own.name_en_path else Value(""),
    )


def _choice(own: _Filter, row: dict[str, Any]) -> Choice:
    return Choice(row["code"], own.label_of(row), row["name_en"], row["count"])
