"""Look people up in the public directory: a text, some filters, and how many each would leave."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.gis.measure import D
from django.db.models import Q

from solos.domain.facets import ALL, FILTERS, Counts, Facet, Filter, count_values, make_facet
from solos.enums import PublicField
from solos.models import Solo
from solos.querysets import MOST_RANKED, SoloQuerySet
from territoires.models import Commune, Territory

# In kilometres, as the crow flies, from the commune's centre to the others'.
RADII = (5, 10, 20, 40)


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
        return any(getattr(self, one.name) for one in FILTERS)

    @property
    def kilometres(self) -> int:
        """0 unless the visitor chose one of ours, around a commune."""
        return next((km for km in RADII if self.commune and self.radius == str(km)), 0)

    @property
    def are_empty(self) -> bool:
        return not self.text and not self.has_choices


@dataclass(frozen=True)
class Directory:
    solos: SoloQuerySet
    # How many they are.
    count: int
    facets: tuple[Facet, ...]
    # Nothing matched the text to the letter: these only resemble it.
    is_approximate: bool
    # The text finds more than a search puts in order: every count is the least there are.
    has_more: bool


def browse_directory(*, territory: Territory, filters: DirectoryFilters) -> Directory:
    """The published solos of a territory that pass every filter, and what each filter offers."""
    published = Solo.objects.in_territory(territory).published()
    search = _Search(published, filters.text, _conditions(filters))
    counts = _counts(search)
    return Directory(
        solos=search.passing(search.asked),
        count=counts[ALL][ALL],
        facets=tuple(
            make_facet(one, counts[one.name], getattr(filters, one.name)) for one in FILTERS
        ),
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
    asked = {f.name: f.condition(value) for f in FILTERS if (value := getattr(filters, f.name))}
    if kilometres := filters.kilometres:
        around = communes_around(filters.commune, kilometres)
        asked["commune"] = Q(commune__in=around, published_fields__contains=[PublicField.COMMUNE])
    return asked


def _counts(search: _Search) -> Counts:
    """A facet counts what the other filters leave; those that nobody asked for count together."""
    asked = tuple(search.asked)
    together: dict[tuple[str, ...], list[Filter]] = {asked: []}
    for own in FILTERS:
        others = tuple(name for name in asked if name != own.name)
        together.setdefault(others, []).append(own)
    counts: Counts = {}
    # Those whom every filter leaves come last: it is their number that stays.
    for names, filters in reversed(together.items()):
        counts |= count_values(search.passing(names), filters)
    return counts
