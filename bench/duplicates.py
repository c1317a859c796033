"""Someone typed in: who of the directory may be the same person? One lookup, before saving.

Names are drawn from sixty first names and some ten thousand last names; an address, a telephone
and a commune each. Who is asked about is one known person in two, with a letter changed, and one
stranger in two.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Case, Q, Value, When

from bench.measuring import Goal, Race, Scale, Way
from solos.domain.duplicates import LEAST_LIKENESS, MOST_DOUBLES, find_doubles
from solos.models import Solo
from territoires.domain.communes_import import import_communes
from territoires.models import Commune, Department, Territory
from territoires.querysets import plain

TITLE = "Doublons à la saisie"
ARIEGE = Path(__file__).parents[1] / "territoires" / "data" / "communes-09.geojson"
ENTRIES = 20
NEAR_IN_DEGREES = 0.15

SOLOS = """
SELECT setseed(0.5);
INSERT INTO solos_solo (
    territory_id, slug, first_name, last_name, trade_name, status, commune_id, skills, languages,
    presentation, website, phone, email, work_place, offers, seeks, came_from, state,
    published_fields, open_fields, created_at, updated_at, accepts_messages, takes_clients, links,
    siret, review_step, member_fields, team_words
)
SELECT
    %(territory)s, 'solo-' || n, names.firsts[1 + n %% array_length(names.firsts, 1)],
    names.starts[1 + (random() * 19)::int] || names.middles[1 + (random() * 23)::int]
        || names.ends[1 + (random() * 19)::int],
    '', 'independent', communes.codes[1 + n %% array_length(communes.codes, 1)],
    ARRAY[]::varchar[], ARRAY[]::varchar[], '', '', '+336' || lpad(n::text, 8, '0'),
    'solo' || n || '@exemple.fr', '', '', '', '', 'identified', ARRAY[]::varchar[],
    ARRAY[]::varchar[], now(), now(), false, false, ARRAY[]::varchar[], '', 0,
    ARRAY[]::varchar[], ''
FROM generate_series(1, %(count)s) AS n,
    (SELECT
        string_to_array('Ana Jean Marie Louise Paul Claire Hugo Léa Lucas Emma Jules Zoé Louis '
            'Chloé Adam Inès Gabriel Alice Raphaël Rose Arthur Anna Maël Mila Noé Ambre Sacha '
            'Julia Tom Lou Ethan Jeanne Nathan Agathe Théo Iris Aaron Nina Liam Éva Mohamed Romy '
            'Axel Léna Martin Margaux Victor Lina Antoine Sofia Camille Elsa Baptiste Juliette '
            'Clément Manon Simon Sarah Rémi Élise', ' ') AS firsts,
        string_to_array('Du Mar Ber Ro La Fon Gar Pel Bon Cas Del Es Fau Gal Mon Ner Pou Ri Sou Vi',
            ' ') AS starts,
        string_to_array('pon ti nar bi cos ta nie le li sa ga ma cas ver ja che nou la ro ra do ba '
            'mi so', ' ') AS middles,
        string_to_array('t n d gne ac ou es eau ier et on in ard as il ot ez ant al ie',
            ' ') AS ends
    ) AS names,
    (SELECT array_agg(insee_code ORDER BY insee_code) AS codes FROM territoires_commune) AS communes
"""


def races(scale: Scale) -> Iterator[Race]:
    territory = _territory()
    for count in scale.pick(small=(1_000, 10_000), full=(1_000, 10_000, 100_000)):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE solos_solo CASCADE")
            cursor.execute(SOLOS, {"territory": territory.pk, "count": count})
            cursor.execute("ANALYZE")
        entries = _entries(territory, count)
        yield Race(
            f"{count} solos, {ENTRIES} saisies",
            [
                Way("les index (le nôtre)", _all(_ours, entries), answer=_found(_ours, entries)),
                Way(
                    "naïf, toutes les lignes comparées",
                    _all(_naive, entries),
                    answer=_found(_naive, entries),
                    goal=Goal(faster=10) if count >= 100_000 else Goal(),
                ),
            ],
            rounds=scale.pick(small=3, full=5),
        )


def _ours(entry: Solo) -> list[int]:
    return [double.solo.pk for double in find_doubles(solo=entry)]


def _naive(entry: Solo) -> list[int]:
    """The same question, put to each row in turn."""
    centre = entry.commune.centre if entry.commune else None
    near = Commune.objects.filter(centre__dwithin=(centre, NEAR_IN_DEGREES)).values("pk")
    same = Q(email__iexact=entry.email) | Q(phone=entry.phone)
    rows = Solo.objects.in_territory(entry.territory).annotate(
        likeness=TrigramSimilarity("plain_name", plain(entry.name)),
        is_sure=Case(When(same, then=Value(1)), default=Value(0)),
    )
    alike = Q(likeness__gte=LEAST_LIKENESS) & (Q(commune__in=near) | Q(commune=None))
    found = rows.filter(Q(is_sure=1) | alike).order_by("-is_sure", "-likeness", "pk")
    return list(found.values_list("pk", flat=True)[:MOST_DOUBLES])


def _all(way: Callable[[Solo], list[int]], entries: list[Solo]) -> Callable[[], object]:
    def run() -> None:
        for entry in entries:
            way(entry)

    return run


def _found(way: Callable[[Solo], list[int]], entries: list[Solo]) -> Callable[[], object]:
    return lambda: [way(entry) for entry in entries]


def _entries(territory: Territory, count: int) -> list[Solo]:
    """Unsaved, as a form holds them."""
    known = Solo.objects.filter(
        slug__in=[f"solo-{1 + n * count // ENTRIES}" for n in range(ENTRIES)]
    )
    entries = []
    for number, solo in enumerate(known.select_related("commune").order_by("pk")):
        is_known = number % 2 == 0
        entry = Solo(
            territory=territory,
            first_name=solo.first_name,
            last_name=solo.last_name + "z" if is_known else f"Quillevere-{number}",
            email=solo.email.upper() if number % 4 == 0 else f"autre{number}@exemple.com",
            phone=f"+3377{number:07}",
            commune=solo.commune,
        )
        entries.append(entry)
    return entries


def _territory() -> Territory:
    import_communes(ARIEGE)
    territory = Territory.objects.create(
        name="Ariège", slug="ariege", in_name="en Ariège", is_default=True, agency_name="Bench"
    )
    territory.departments.set(Department.objects.filter(code="09"))
    return territory
