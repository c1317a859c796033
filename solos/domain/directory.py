"""Look people up in the public directory: a text, five filters, and how many each would leave.

A filter on a field only finds those who agreed to show that field: otherwise the number of
results would tell what they keep to themselves.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from solos.enums import PublicField, SoloStatus
from solos.models import Solo
from solos.querysets import SoloQuerySet
from territoires.models import Territory


@dataclass(frozen=True)
class DirectoryFilters:
    """What the visitor asked for; empty when they did not."""

    text: str = ""
    sector: str = ""
    trade: str = ""
    commune: str = ""
    epci: str = ""
    status: str = ""

    @property
    def has_choices(self) -> bool:
        return any(getattr(self, one.name) for one in _FILTERS)

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
        return Q(**{self.value: value, "published_fields__contains": [self.consent]})


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
    _Filter("status", _("Statut"), PublicField.STATUS, value="status", order="status"),
)


def browse_directory(*, territory: Territory, filters: DirectoryFilters) -> Directory:
    """The published solos of a territory that pass every filter, and what each filter offers."""
    published = Solo.objects.in_territory(territory).published()
    found, is_approximate = find_solos(published, filters.text)
    asked = {f.name: value for f in _FILTERS if (value := getattr(filters, f.name))}
    return Directory(
        solos=found.filter(*(f.condition(asked[f.name]) for f in _FILTERS if f.name in asked)),
        facets=tuple(
            _facet(published, found if filters.text else None, one, asked) for one in _FILTERS
        ),
        is_approximate=is_approximate,
    )


def find_solos(published: SoloQuerySet, text: str) -> tuple[SoloQuerySet, bool]:
    """Those who match a text, best first; else those who resemble it, and then True."""
    if not text:
        return published, False
    found = published.matching(text)
    if found.exists():
        return found, False
    return published.resembling(text), True


def _facet(
    published: SoloQuerySet, found: SoloQuerySet | None, own: _Filter, asked: dict[str, str]
) -> Facet:
    others = [f.condition(asked[f.name]) for f in _FILTERS if f.name in asked and f is not own]
    rows = published.filter(*others, published_fields__contains=[own.consent])
    if found is not None:
        rows = rows.filter(pk__in=found.order_by().values("pk"))
    counted = (
        _named(rows.exclude(**{own.value: None}), own)
        .order_by(own.order, own.value)
        .annotate(count=Count("pk"))
    )
    choices = [_choice(own, row) for row in counted]
    chosen = asked.get(own.name, "")
    if chosen and all(choice.value != chosen for choice in choices):
        choices.append(_left_out(published, own, chosen))
    return Facet(own.name, own.label, chosen, tuple(choices), bool(own.name_en_path))


def _left_out(published: SoloQuerySet, own: _Filter, chosen: str) -> Choice:
    """The choice made, that finds nobody: shown all the same, so that it can be unmade."""
    row = _named(published.filter(own.condition(chosen)), own).first()
    return _choice(own, {**row, "count": 0}) if row else Choice(chosen, chosen, "", 0)


def _named(rows: SoloQuerySet, own: _Filter) -> QuerySet[Solo, Any]:
    return rows.order_by().values(
        code=F(own.value),
        name=F(own.name_path or own.value),
        name_en=F(own.name_en_path) if own.name_en_path else Value(""),
    )


def _choice(own: _Filter, row: dict[str, Any]) -> Choice:
    label = SoloStatus(row["code"]).label if own.name == "status" else row["name"]
    return Choice(row["code"], label, row["name_en"], row["count"])
