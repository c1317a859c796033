"""What visitors look for and do not find, counted without knowing who they are.

One search of the directory is one more of its kind in its month: its words, its filters, how many
it found. Whatever looks like an e-mail address, a telephone number or the name of a solo is not
kept; what was asked fewer than LEAST_ASKED times is read by nobody, and soon deleted.

It is a lower bound, and says nothing of people: the directory is kept whole for half a minute here
and as long again by each browser, so that the same search made anew within a minute is often one;
the pages after the first are none, nor is what the team looks for; a robot that reads on in spite
of `robots.txt` counts as people.
"""

import re
from dataclasses import replace
from datetime import date

import structlog
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from solos.domain.asking import query_of, read_query
from solos.domain.directory import DirectoryFilters
from solos.models import CountedSearch
from solos.models.search import LONGEST_QUERY
from solos.querysets import LEAST_ASKED, last_month
from territoires.models import Territory

log = structlog.get_logger(__name__)

KEPT_MONTHS = 24
WORD = re.compile(r"[\w+#&]+")
CODE = re.compile(r"[\w-]{0,60}")
# A postcode has five digits; a telephone number, a SIRET or a birthday more.
MOST_DIGITS = 5
# One statement, that waits neither for the disk nor for long behind another search like it. A name
# is one word of a solo's, or two in a row: each pair is looked up in an index, whatever is common.
COUNT = """
    WITH asked AS (
        SELECT left(plain_text(%(words)s), 100) AS words,
               string_to_array(plain_text(%(said)s), ' ') AS said,
               set_config('synchronous_commit', 'off', true),
               set_config('lock_timeout', '50ms', true)
    )
    INSERT INTO solos_countedsearch AS kept (territory_id, month, words, filters, asked, results)
    SELECT %(territory)s, %(month)s, asked.words, %(filters)s, 1, %(results)s FROM asked
    WHERE NOT EXISTS (
        SELECT FROM unnest(
            said[1:greatest(cardinality(said) - 1, 1)],
            said[least(2, cardinality(said)):cardinality(said)]
        ) AS pair (a, b)
        JOIN solos_solo ON solo_name_words(first_name, last_name) @> ARRAY[a, b]
    )
    ON CONFLICT (territory_id, month, words, filters) DO UPDATE
    SET asked = kept.asked + 1, results = excluded.results
"""


def count_search(*, territory: Territory, filters: DirectoryFilters, results: int) -> None:
    """One more of a search; `results` without those who only resemble what was asked.

    The page must be shown all the same, whatever becomes of the count.
    """
    kept = query_of(replace(filters, text=""))
    if filters.are_empty or len(kept) > LONGEST_QUERY or _may_tell_someone(filters):
        return
    counted: dict[str, str | int | date] = {
        "territory": territory.pk,
        "month": timezone.localdate().replace(day=1),
        "words": _plain(filters.text),
        "filters": kept,
        "results": results,
        "said": _plain(f"{filters.text} {filters.skill}"),
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COUNT, counted)
    except DatabaseError:
        log.warning("search_not_counted", exc_info=True)


def filters_of(search: CountedSearch) -> DirectoryFilters:
    """What was asked, as near as it is kept."""
    return replace(read_query(search.filters), text=search.words)


def forget_searches() -> int:
    """Delete what is two years old, and the rare ones whose month is long over; returns how many.

    A month is over for good once the next one is too: until then a search may still become common.
    """
    oldest = timezone.localdate().replace(day=1) - relativedelta(months=KEPT_MONTHS)
    rare = Q(asked__lt=LEAST_ASKED, month__lt=last_month())
    count, _by_model = CountedSearch.objects.filter(Q(month__lt=oldest) | rare).delete()
    return count


def _may_tell_someone(filters: DirectoryFilters) -> bool:
    """Whether what was typed looks like an address or a number, or a filter like no code of ours.

    Any text may be put in an address.
    """
    typed = f"{filters.text} {filters.skill}"
    codes = (
        filters.sector, filters.trade, filters.commune, filters.epci, filters.status,
        filters.language, filters.clients,
    )  # fmt: skip
    return (
        "@" in typed
        or sum(letter.isdigit() for letter in typed) > MOST_DIGITS
        or not all(CODE.fullmatch(code) for code in codes)
    )


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
