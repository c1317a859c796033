"""A page of the API's list in one statement: PostgreSQL chooses, describes and writes the rows.

It says what `SoloFilters` and `SoloSerializer` say, which serve the map and the detail: a test
holds them together. Reading 20 models and describing each costs ten times as much.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from phonenumber_field.phonenumber import to_python

from images.enums import PictureState
from images.models import Picture
from solos.api.serializers import LISTS, told_number
from solos.enums import PublicField
from solos.querysets import MOST_RANKED, NOT_WANTED, OF_TRADE
from territoires.models import Territory

BY_NAME = ["last_name", "first_name", "pk"]
BY_RELEVANCE = ["-relevance", *BY_NAME]

_TRADES = "solo.trade_id = ANY (ARRAY(SELECT trade.id FROM solos_trade AS trade {}))"
# By the filter's name: whose consent it needs, and what it asks.
CONDITIONS = {
    "sector": (
        PublicField.TRADE,
        _TRADES.format(
            "JOIN solos_sector AS sector ON sector.id = trade.sector_id"
            " WHERE sector.slug = %(sector)s"
        ),
    ),
    "trade": (PublicField.TRADE, _TRADES.format("WHERE trade.slug = %(trade)s")),
    "commune": (PublicField.COMMUNE, "solo.commune_id = %(commune)s"),
    "epci": (
        PublicField.COMMUNE,
        "solo.commune_id IN (SELECT insee_code FROM territoires_commune WHERE epci_id = %(epci)s)",
    ),
    "status": (PublicField.STATUS, "solo.status = %(status)s"),
}

_WORDS = "websearch_to_tsquery('public.french_unaccent', %(q)s)"
_OF_TRADE = (
    f"({_TRADES.format(f'WHERE trade.words @@ {_WORDS}')}"
    " AND solo.open_fields @> ARRAY['trade']::varchar[])"
)
# Most words are no trade's: without this, the other conditions would be read through for nobody.
_IS_A_TRADE = f"EXISTS (SELECT FROM solos_trade AS trade WHERE trade.words @@ {_WORDS})"
# As `Searched.in_short_words`: what is not wanted is looked for row by row, in all that they say.
_SHORT = f"ts_filter(solo.open_words, '{{a,b}}') @@ {_WORDS}"
_SHORT_WITHOUT = f"{_SHORT} AND coalesce(solo.open_words, '') @@ {_WORDS}"
_RELEVANCE = (
    f"(ts_rank(solo.open_words, {_WORDS})"
    f" + CASE WHEN {_OF_TRADE} THEN {OF_TRADE} ELSE 0 END)::float8"
)
_KEYS = "ARRAY(SELECT solo.id FROM solos_solo AS solo WHERE {where} AND ({said}) LIMIT {most})"
# As `LikeliestKeys`: who says it in few words, filled up with the others.
_FOUND = (
    "solo.id = ANY ({of_trade} || (SELECT likely.keys || {others}"
    " FROM (SELECT {short} AS keys OFFSET 0) AS likely))"
)
_OTHERS = f"solo.open_words @@ {_WORDS} AND NOT solo.id = ANY (likely.keys)"

_OPENED = {
    PublicField.NAME: "page.first_name || ' ' || page.last_name",
    PublicField.TRADE: (
        "CASE WHEN trade.id IS NOT NULL THEN json_build_object("
        "'slug', trade.slug, 'name', trade.name, 'name_en', trade.name_en,"
        " 'sector', json_build_object("
        "'slug', sector.slug, 'name', sector.name, 'name_en', sector.name_en)) END"
    ),
    PublicField.COMMUNE: (
        "CASE WHEN commune.insee_code IS NOT NULL THEN json_build_object("
        "'insee_code', commune.insee_code, 'name', commune.name) END"
    ),
    # Its digest: storage knows the address.
    PublicField.PHOTO: f"CASE WHEN photo.state = '{PictureState.READY}' THEN photo.digest END",
    PublicField.TAKES_CLIENTS: "CASE WHEN page.takes_clients THEN true END",
    PublicField.ARRIVED_IN: "nullif(page.arrived_in, 0)",
} | {listed: f"page.{listed}" for listed in LISTS}


def _opened(one: PublicField) -> str:
    value = _OPENED.get(one, f"nullif(page.{one}, '')")
    closed = "ARRAY[]::varchar[]" if one in LISTS else "NULL"
    return f"'{one}', CASE WHEN '{one}' = ANY (page.open_fields) THEN {value} ELSE {closed} END"


_DESCRIBED = ", ".join(["'slug', page.slug", *map(_opened, PublicField)])

_PAGE = """
WITH page AS (
    SELECT solo.*, {relevance} AS relevance FROM solos_solo AS solo
    WHERE {where} ORDER BY {order} LIMIT %(most)s
)
SELECT page.relevance, page.last_name, page.first_name, page.id, json_build_object({described})
FROM page
LEFT JOIN solos_trade AS trade ON trade.id = page.trade_id
LEFT JOIN solos_sector AS sector ON sector.id = trade.sector_id
LEFT JOIN territoires_commune AS commune ON commune.insee_code = page.commune_id
LEFT JOIN images_picture AS photo ON photo.id = page.photo_id
ORDER BY {order}
"""


@dataclass(frozen=True)
class Row:
    """A solo as the list says them, and their place in its order."""

    relevance: float
    last_name: str
    first_name: str
    pk: int
    described: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What is looked for: the filters given, by name, each with its text."""

    territory: Territory
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def order(self) -> list[str]:
        return BY_RELEVANCE if "q" in self.filters else BY_NAME


def read_page(asked: Asked, *, start: list[Any] | None, backwards: bool, most: int) -> list[Row]:
    """At most `most` rows after the place `start` in the asked order, or before it."""
    with connection.cursor() as cursor:
        cursor.execute(*page_statement(asked, start=start, backwards=backwards, most=most))
        return [_row(found) for found in cursor.fetchall()]


def page_statement(
    asked: Asked, *, start: list[Any] | None, backwards: bool, most: int
) -> tuple[str, dict[str, Any]]:
    """The statement and its values: what is asked only ever enters by the values."""
    by_text = "q" in asked.filters
    where = _where(asked)
    relevance = _RELEVANCE if by_text else "0::float8"
    values: dict[str, Any] = {**asked.filters, "territory": asked.territory.pk, "most": most}
    if by_text:
        where = _found(where, asked.filters["q"])
    if start is not None:
        names = ["at_rank", "at_last", "at_first", "at_id"][-len(start) :]
        values |= dict(zip(names, start, strict=True))
        where += f" AND {_beyond(relevance, by_text=by_text, backwards=backwards)}"
    statement = _PAGE.format(
        described=_DESCRIBED,
        relevance=relevance,
        where=where,
        order=_order(by_text=by_text, backwards=backwards),
    )
    return statement, values


def _where(asked: Asked) -> str:
    asked_for = [CONDITIONS[name] for name in CONDITIONS if name in asked.filters]
    consents = dict.fromkeys([PublicField.NAME, *(consent for consent, _condition in asked_for)])
    opened = ", ".join(f"'{consent}'" for consent in consents)
    conditions = [
        "solo.territory_id = %(territory)s AND solo.state = 'published'",
        "solo.published_fields @> ARRAY['name']::varchar[]",
        f"solo.open_fields @> ARRAY[{opened}]::varchar[]",
    ]
    return " AND ".join([*conditions, *(condition for _consent, condition in asked_for)])


def _found(where: str, text: str) -> str:
    most = MOST_RANKED + 1
    short = _SHORT_WITHOUT if NOT_WANTED in text else _SHORT
    of_trade = f"{_OF_TRADE} AND {_IS_A_TRADE}"
    return _FOUND.format(
        of_trade=_KEYS.format(where=where, said=of_trade, most=most),
        short=_KEYS.format(where=where, said=short, most=most),
        others=_KEYS.format(where=where, said=_OTHERS, most=f"{most} - cardinality(likely.keys)"),
    )


def _beyond(relevance: str, *, by_text: bool, backwards: bool) -> str:
    further, worse = ("<", ">") if backwards else (">", "<")
    names = "(solo.last_name, solo.first_name, solo.id)"
    beyond = f"{names} {further} (%(at_last)s, %(at_first)s, %(at_id)s)"
    if not by_text:
        return beyond
    return f"({relevance} {worse} %(at_rank)s OR ({relevance} = %(at_rank)s AND {beyond}))"


def _order(*, by_text: bool, backwards: bool) -> str:
    ways = ("ASC", "DESC") if backwards else ("DESC", "ASC")
    names = [f"{name} {ways[1]}" for name in ("last_name", "first_name", "id")]
    return ", ".join([f"relevance {ways[0]}", *names] if by_text else names)


def _row(found: tuple[Any, ...]) -> Row:
    relevance, last_name, first_name, pk, described = found
    if described["phone"]:
        described["phone"] = _valid_number(described["phone"])
    if digest := described["photo"]:
        described["photo"] = Picture(digest=digest, state=PictureState.READY).url
    return Row(relevance, last_name, first_name, pk, described)


@lru_cache(maxsize=10_000)
def _valid_number(text: str) -> str | None:
    """The same number for two who ask: whether it exists is long to tell."""
    return told_number(to_python(text))
