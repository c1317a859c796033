"""A text looked for in the whole directory, 20 people shown: rare, common, and in every third page.

The limit finds the keys and ranks nothing. What is capped must still be relevant: the ranks of
our first 20 are compared with those of the first 20 when all who match are ranked.
"""

from collections.abc import Callable, Iterator

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q

from bench.directory_page import fill, make_territory
from bench.measuring import Goal, Race, Scale, Way
from solos.models import Solo
from solos.querysets import MOST_RANKED, PUBLIC, SoloQuerySet
from territoires.models import Territory

TITLE = "Recherche dans l’annuaire"
REQUESTS = 5
SHOWN = 20
# One says a word in so many, and one in seven of those says it in their skills too.
WORDS = {"vannerie": 1_000, "traduction": 50, "formation": 3}

SAY = """
UPDATE solos_solo SET
    presentation = presentation
        || repeat(' De la ' || %(word)s || ', toujours.', 1 + (id %% 4)::int),
    skills = CASE WHEN id %% (%(every)s * 7) = 0 THEN skills || %(word)s::varchar ELSE skills END
WHERE id %% %(every)s = 0
"""


def races(scale: Scale) -> Iterator[Race]:
    territory = make_territory()
    for count in scale.pick(small=(1_000, 10_000), full=(1_000, 10_000, 100_000)):
        fill(territory, count)
        with connection.cursor() as cursor:
            for word, every in WORDS.items():
                cursor.execute(SAY, {"word": word, "every": every})
            # As rows come in a real life: those who say a word are not all at the end.
            cursor.execute("CLUSTER solos_solo USING solos_solo_pkey")
            cursor.execute("VACUUM ANALYZE solos_solo")
        yield from (_race(territory, count, word) for word in WORDS)


def _race(territory: Territory, count: int, word: str) -> Race:
    published = Solo.objects.in_territory(territory).published()
    all_ranked = _all_ranked(published, word)
    found, relevance = all_ranked.count(), _relevance(published, word)
    goal = Goal(faster=20) if found > 10 * MOST_RANKED else Goal()
    return Race(
        f"« {word} », {count} solos, {REQUESTS} recherches",
        [
            Way("la nôtre", _times(published.matching(word)), answer=lambda: True),
            Way(
                "tout classer (l’usage de Django)",
                _times(all_ranked),
                answer=lambda: relevance >= 0.9,
                goal=goal,
            ),
            Way("icontains", _times(_containing(published, word))),
            Way("les clés seules (limite)", lambda: _keys(territory, word)),
        ],
        note=f"{found} trouvés ; rang des {SHOWN} premiers, au mieux 1 : {relevance:.2f}",
    )


def _times(rows: SoloQuerySet) -> Callable[[], object]:
    shown = rows.defer("public_words", "open_words")[:SHOWN]

    def run() -> None:
        for _number in range(REQUESTS):
            list(shown.all())

    return run


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
    for _number in range(REQUESTS):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM solos_solo WHERE territory_id = %s AND state = 'published'"
                " AND public_words @@ websearch_to_tsquery('french_unaccent', %s) LIMIT %s",
                [territory.pk, word, SHOWN],
            )
            cursor.fetchall()
