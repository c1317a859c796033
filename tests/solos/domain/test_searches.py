from datetime import date

import pytest
import time_machine
from django.db import connection

from solos.domain.asking import read_query
from solos.domain.directory import DirectoryFilters
from solos.domain.searches import count_search, filters_of, forget_searches
from solos.models import CountedSearch
from tests.factories import CountedSearchFactory, SoloFactory, TerritoryFactory

COLUMNS = ("month", "words", "filters", "asked", "results")


@pytest.fixture(autouse=True)
def _a_day():
    with time_machine.travel("2026-11-29 10:00 +0100", tick=False):
        yield


def count(territory, query, results=0):
    count_search(territory=territory, filters=read_query(query), results=results)


def counted():
    return list(CountedSearch.objects.order_by("pk").values_list(*COLUMNS))


def test_search_is_counted_by_month_with_its_last_result(territory):
    november = date(2026, 11, 1)
    count(territory, "q=Graphiste")
    count(territory, "q= graphiste !", results=2)
    count(territory, "q=graphiste&commune=09122")
    with time_machine.travel("2026-12-01 10:00 +0100", tick=False):
        count(territory, "q=graphiste")
    count(TerritoryFactory(), "q=graphiste")

    assert counted() == [
        (november, "graphiste", "", 2, 2),
        (november, "graphiste", "commune=09122", 1, 0),
        (date(2026, 12, 1), "graphiste", "", 1, 0),
        (november, "graphiste", "", 1, 0),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Éleveur, d’abeilles", "eleveur d abeilles"),
        ("c++ / C#", "c++ c#"),
        ("  Œuvre   d'art ", "oeuvre d art"),
        ("plombier 09000", "plombier 09000"),
        ("½" * 100, "1/2" * 33 + "1"),
    ],
)
def test_words_are_kept_plain(territory, text, words):
    count_search(territory=territory, filters=DirectoryFilters(text=text), results=0)

    assert [row[1] for row in counted()] == [words]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "page=2",
        "q=ana@exemple.fr",
        "q=06 12 34 56 78",
        "q=plombier +33612345678",
        "competence=ana@exemple.fr",
        "competence=0612345678",
        "commune=ana@exemple.fr",
        "statut=06 12 34 56 78",
        "metier=" + "x" * 61,
        "q=a&competence=" + "🙂" * 60,
    ],
)
def test_search_of_nothing_or_of_an_address_is_not_counted(territory, query):
    count(territory, query)

    assert counted() == []


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("q=roux", 0),
        ("q=Anne-Zoé Roux", 0),
        ("q=roux anne zoe", 0),
        ("q=ANNE", 0),
        ("q=anne zoe roux graphiste foix", 0),
        ("competence=Roux", 0),
        ("q=roux&competence=anne", 0),
        ("q=graphiste zoé roux", 0),
        ("q=anne graphiste", 1),
        ("q=anne graphiste roux", 1),
        ("q=rousse", 1),
    ],
)
def test_name_of_a_solo_is_not_kept_even_of_one_who_is_not_public(territory, query, number):
    SoloFactory(first_name="Anne-Zoé", last_name="Roux")

    count(territory, query)

    assert len(counted()) == number


def test_no_name_would_be_kept_without_the_guard(territory, monkeypatch):
    """Control: the same statement without its condition keeps a name."""
    SoloFactory(first_name="Anne", last_name="Roux")
    from solos.domain import searches

    unguarded = searches.COUNT.replace("WHERE NOT EXISTS", "WHERE true OR EXISTS")
    monkeypatch.setattr(searches, "COUNT", unguarded)

    count(territory, "q=roux")

    assert [row[1] for row in counted()] == ["roux"]


def test_search_that_cannot_be_counted_is_no_error(territory, logs):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        cursor.execute("ALTER TABLE solos_countedsearch RENAME TO elsewhere")
        count(territory, "q=graphiste")
        cursor.execute("ROLLBACK TO SAVEPOINT before")

    assert "search_not_counted" in logs()
    assert counted() == []


def test_one_statement_counts_and_waits_for_nobody(territory, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        count(territory, "q=graphiste")

    kinds = [query["sql"].split()[0] for query in asked.captured_queries]
    assert kinds == ["SAVEPOINT", "WITH", "RELEASE"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('synchronous_commit')"
        )
        assert cursor.fetchone() == ("50ms", "off")


def test_name_is_looked_for_in_an_index(territory):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT FROM solos_solo WHERE solo_name_words(first_name, last_name) @> %s",
            [["roux"]],
        )
        assert "solo_name_words" in "".join(line for (line,) in cursor.fetchall())


def test_what_was_asked_is_read_again(db):
    row = CountedSearchFactory(words="graphiste", filters="commune=09122")

    assert filters_of(row) == DirectoryFilters(text="graphiste", commune="09122")


@pytest.mark.parametrize(
    ("month", "asked", "is_kept"),
    [
        (date(2024, 11, 1), 50, True),
        (date(2024, 10, 1), 50, False),
        (date(2026, 11, 1), 1, True),
        (date(2026, 10, 1), 2, True),
        (date(2026, 9, 1), 2, False),
        (date(2026, 9, 1), 3, True),
    ],
)
def test_old_and_rare_searches_are_forgotten(db, month, asked, is_kept):
    CountedSearchFactory(month=month, asked=asked)

    assert forget_searches() == (0 if is_kept else 1)
    assert CountedSearch.objects.exists() == is_kept
