from datetime import date

import pytest
import time_machine

from solos.enums import PublicField
from solos.models import CountedSearch, Solo
from solos.querysets import last_month
from tests.factories import CommuneFactory, CountedSearchFactory, SoloFactory, TradeFactory


@pytest.fixture
def graphist(territory) -> Solo:
    return SoloFactory(
        territory=territory,
        published=True,
        first_name="Élodie",
        last_name="Rouzaud",
        trade=TradeFactory(slug="graphisme", name="Graphisme"),
        commune=CommuneFactory(foix=True),
        presentation="Affiches et livres",
    )


@pytest.mark.parametrize(
    "text", ["elodie", "rouzeau", "graphiste foix", "affiches foix", "grafisme", "à Foix, rouzaud"]
)
def test_resembling_forgives_typos_and_crosses_fields(graphist, text):
    SoloFactory(territory=graphist.territory, published=True)

    assert list(Solo.objects.published().resembling(text)) == [graphist]


@pytest.mark.parametrize("text", ["", "à", "???", "plombier", "graphiste pamiers"])
def test_resembling_finds_nothing(graphist, text):
    assert list(Solo.objects.published().resembling(text)) == []


def test_resembling_ignores_what_is_not_agreed_to(territory):
    SoloFactory(
        territory=territory,
        published=True,
        published_fields=[PublicField.NAME],
        trade=TradeFactory(slug="sentinelle", name="Sentinelle"),
        commune=CommuneFactory(name="Sentinelle"),
        trade_name="Sentinelle",
        presentation="Sentinelle",
    )

    assert list(Solo.objects.published().resembling("sentinelle")) == []


def test_resembling_best_first(territory):
    near = SoloFactory(territory=territory, published=True, last_name="Dupond")
    exact = SoloFactory(territory=territory, published=True, last_name="Dupont")

    assert list(Solo.objects.published().resembling("Dupont")) == [exact, near]


@pytest.mark.parametrize(("most", "found"), [(1, [0, 1]), (2, [0, 1, 2])])
def test_matching_looks_no_further_than_the_short_words_when_they_find_enough(
    territory, monkeypatch, most, found
):
    monkeypatch.setattr("solos.querysets.MOST_RANKED", most)
    people = [
        SoloFactory(territory=territory, published=True, **said)
        for said in (
            {"last_name": "Reliure", "first_name": "Anne"},
            {"last_name": "Zola", "trade_name": "Reliure"},
            {"last_name": "Zweig", "presentation": "La reliure"},
        )
    ]

    best_first = list(Solo.objects.published().matching("reliure"))

    assert best_first == [people[number] for number in found]


def test_matching_leaves_out_the_word_not_wanted(territory):
    wanted, other = (
        SoloFactory(territory=territory, published=True, trade_name="Reliure", presentation=text)
        for text in ("Cuir", "Papier")
    )

    assert list(Solo.objects.published().matching("reliure -papier")) == [wanted]
    assert set(Solo.objects.published().matching("reliure")) == {wanted, other}


def test_in_sector_of_needs_the_consent_of_both(territory):
    solo, neighbour = SoloFactory.create_batch(2, territory=territory, published=True)
    private = SoloFactory(territory=territory, published=True, published_fields=[PublicField.NAME])
    published = Solo.objects.published()

    assert list(published.in_sector_of(solo)) == [neighbour]
    assert list(published.in_sector_of(private)) == []


def test_in_sector_of_same_trade_first(territory):
    other = TradeFactory(slug="web-design", name="Web design")
    solo = SoloFactory(territory=territory, published=True, trade=other)
    first_by_name = SoloFactory(territory=territory, published=True, last_name="Abadie")
    same_trade = SoloFactory(territory=territory, published=True, trade=other)

    assert list(Solo.objects.published().in_sector_of(solo)) == [same_trade, first_by_name]


@pytest.mark.parametrize(
    ("changed", "is_unmet"),
    [({}, True), ({"asked": 9}, False), ({"results": 1}, False), ({"month": "2026-10-01"}, True),
     ({"month": "2026-09-01"}, False)],
)  # fmt: skip
def test_unmet_searches_are_made_often_of_late_and_find_nobody(territory, changed, is_unmet):
    with time_machine.travel("2026-11-29 10:00 +0100", tick=False):
        row = CountedSearchFactory(territory=territory, **{"asked": 10, "results": 0} | changed)

        assert list(CountedSearch.objects.unmet()) == ([row] if is_unmet else [])


def test_last_month_is_told_by_its_first_day():
    assert last_month(date(2026, 1, 31)) == date(2025, 12, 1)
