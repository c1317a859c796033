"""A word looked for in the whole directory, 20 people shown.

Each solo says 60 to 180 words, two of them as their skills, drawn from 3,000: few are on every
page, most are rare. Each word is asked as often as it is said. What is capped must still be
relevant: the ranks of our first 20 are compared with those of the first 20 when all who match are
ranked.
"""

import statistics
from collections.abc import Callable, Iterator
from functools import partial

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q

from bench.directory_page import fill, make_territory
from bench.measuring import Goal, Race, Scale, Way, timed
from solos.models import Solo
from solos.querysets import PUBLIC, SoloQuerySet
from territoires.models import Territory

TITLE = "Recherche dans l’annuaire"
RANK_ALL = "tout classer (l’usage de Django)"
ASKED = 20
ROUNDS = 3
SHOWN = 20
LEAST_RELEVANCE = 0.9

# In the statement that draws from it: from a table, each word drawn would unpack the whole array.
VOCABULARY = """
WITH syllables AS (
    SELECT string_to_array('ba de fi go lu man ner pi ro tu ca le si vo ja', ' ') AS of
), vocabulary AS (
    SELECT array_agg(a || b || c ORDER BY md5(a || b || c)) AS words
    FROM syllables, unnest(of) AS a, unnest(of) AS b, unnest(of) AS c
)
"""
SAID = "vocabulary.words[1 + floor(3000 * power(random(), 3))::int]"
SAY = f"""
SELECT setseed(0.5);
{VOCABULARY}
UPDATE solos_solo SET
    skills = ARRAY[{SAID}, {SAID}],
    presentation = array_to_string(
        ARRAY(SELECT {SAID} FROM generate_series(1, 60 + solos_solo.id % 120)), ' '
    )
FROM vocabulary
"""


def races(scale: Scale) -> Iterator[Race]:
    territory = make_territory()
    for count in scale.pick(small=(1_000, 10_000), full=(1_000, 10_000, 100_000)):
        fill(territory, count)
        with connection.cursor() as cursor:
            cursor.execute(SAY)
            # As rows come in a real life: those who say a word are not all at the end.
            cursor.execute("CLUSTER solos_solo USING solos_solo_pkey")
            cursor.execute("VACUUM ANALYZE solos_solo")
        yield from _races(territory, count)


def _races(territory: Territory, count: int) -> Iterator[Race]:
    published = Solo.objects.in_territory(territory).published()
    words = _words()
    relevance = min(_relevance(published, word) for word in words)
    if relevance < LEAST_RELEVANCE:
        raise AssertionError(f"Of what should come first, {relevance:.2f} does.")
    ways: dict[str, Callable[[str], object]] = {
        "la nôtre": lambda word: _shown(published.matching(word)),
        RANK_ALL: lambda word: _shown(_all_ranked(published, word)),
        "icontains": lambda word: _shown(_containing(published, word)),
        "les clés seules (limite)": lambda word: _keys(territory, word),
    }
    times = _times(ways, words)
    for title, place, faster in (("la médiane", 10, 6), ("le 95e centile", 19, 20)):
        goals = {RANK_ALL: Goal(faster=faster)} if count > 10_000 else {}
        yield Race(
            f"{count} solos, {ASKED} mots : {title}",
            [_way(name, times[name], place, goals.get(name, Goal())) for name in ways],
            note=f"pertinence des {SHOWN} premiers, au mieux 1 : {relevance:.2f}",
        )


def _way(name: str, times: list[tuple[float, float]], place: int, goal: Goal) -> Way:
    """What a search takes at a `place` of twenty, from the quickest word to the slowest."""
    seconds, processor = (
        [statistics.quantiles(measured, n=20, method="inclusive")[place - 1]]
        for measured in zip(*times, strict=True)
    )
    return Way(name, goal=goal, rounds=0, seconds=seconds, processor=processor)


def _times(
    ways: dict[str, Callable[[str], object]], words: list[str]
) -> dict[str, list[tuple[float, float]]]:
    """By way, what each word took in the middle one of its rounds; the ways take turns."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for word in words:
        rounds = [
            {name: timed(partial(way, word)) for name, way in ways.items()}
            for _turn in range(ROUNDS)
        ]
        for name in ways:
            times[name].append(sorted(turn[name] for turn in rounds)[ROUNDS // 2])
    return times


def _words() -> list[str]:
    """From those on every page to the rare ones: as many of each as a text has."""
    with connection.cursor() as cursor:
        cursor.execute(f"{VOCABULARY} SELECT words FROM vocabulary")
        words: list[str] = cursor.fetchone()[0]
    return [words[int(3_000 * ((number + 0.5) / ASKED) ** 3)] for number in range(ASKED)]


def _shown(rows: SoloQuerySet) -> list[Solo]:
    return list(rows.defer("public_words", "open_words")[:SHOWN])


def _all_ranked(published: SoloQuerySet, word: str) -> SoloQuerySet:
    query = SearchQuery(word, config="french_unaccent", search_type="websearch")
    found = published.filter(Q(public_words=query) | Q(trade__words=query))
    return found.annotate(rank=SearchRank(F("public_words"), query)).order_by(
        "-rank", "last_name", "pk"
    )


def _containing(published: SoloQuerySet, word: str) -> SoloQuerySet:
    """What a first version does: it also reads what nobody agreed to show."""
    return published.filter(
        Q(presentation__icontains=word)
        | Q(trade_name__icontains=word)
        | Q(skills__icontains=word)
        | Q(trade__name__icontains=word)
    ).order_by("last_name", "pk")


def _relevance(published: SoloQuerySet, word: str) -> float:
    """The ranks of our first ones, to those of the first ones of all who match."""
    ranked = SearchRank(F("public_words"), PUBLIC.query(word))
    ours, best = (
        sum(rows.annotate(score=ranked).values_list("score", flat=True)[:SHOWN])
        for rows in (published.matching(word), _all_ranked(published, word))
    )
    return float(ours / best) if best else 1.0


def _keys(territory: Territory, word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM solos_solo WHERE territory_id = %s AND state = 'published'"
            " AND public_words @@ websearch_to_tsquery('french_unaccent', %s) LIMIT %s",
            [territory.pk, word, SHOWN],
        )
        cursor.fetchall()
