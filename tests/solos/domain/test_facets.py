import pytest

from solos.domain.facets import ALL, FILTERS, Choice, count_values, make_facet
from solos.enums import PublicField
from solos.models import Solo
from tests.factories import CommuneFactory, SectorFactory, SoloFactory, TradeFactory

BY_NAME = {one.name: one for one in FILTERS}


def test_values_are_counted_in_one_statement(territory, django_assert_num_queries):
    pottery = TradeFactory(slug="poterie", sector=SectorFactory(slug="artisanat"))
    for skills, takes in ((["four", "tour"], True), (["four"], False), ([], True)):
        SoloFactory(
            territory=territory,
            published=True,
            trade=pottery,
            commune=CommuneFactory(foix=True),
            skills=skills,
            takes_clients=takes,
        )

    with django_assert_num_queries(1):
        counts = count_values(Solo.objects.all(), FILTERS)

    assert counts == {
        ALL: {ALL: 3},
        "sector": {"artisanat": 3},
        "trade": {"poterie": 3},
        "commune": {"09122": 3},
        "epci": {"200067791": 3},
        "status": {"independent": 3},
        "skill": {"four": 2, "tour": 1},
        "language": {},
        "clients": {"oui": 2},
    }


def test_what_is_private_is_not_counted(territory):
    SoloFactory(territory=territory, published=True, published_fields=[PublicField.NAME])

    assert count_values(Solo.objects.all(), [BY_NAME["trade"]]) == {ALL: {ALL: 1}, "trade": {}}


def test_nobody_is_counted_without_asking(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        counts = count_values(Solo.objects.none(), [BY_NAME["trade"]])

    assert counts == {ALL: {ALL: 0}, "trade": {}}


@pytest.mark.parametrize(
    ("name", "chosen", "label"),
    [
        ("trade", "poterie", "Poterie"),
        ("trade", "inconnu", "inconnu"),
        ("status", "inconnu", "inconnu"),
        ("language", "de", "allemand"),
        ("clients", "non", "non"),
    ],
)
def test_choice_that_finds_nobody_comes_last(db, name, chosen, label):
    TradeFactory(slug="poterie", name="Poterie", name_en="")
    TradeFactory(slug="tissage", name="Tissage", name_en="Weaving")

    [*_counted, last] = make_facet(BY_NAME[name], {"tissage": 2}, chosen).choices

    assert (last.value, str(last.label), last.count) == (chosen, label, 0)


def test_choices_of_rows_are_in_the_order_of_the_rows(db):
    TradeFactory(slug="tissage", name="Tissage", name_en="Weaving")
    TradeFactory(slug="eau", name="Élevage de truites", name_en="")

    facet = make_facet(BY_NAME["trade"], {"tissage": 2, "eau": 1}, "tissage")

    assert facet.choices == (
        Choice("eau", "Élevage de truites", "", 1),
        Choice("tissage", "Tissage", "Weaving", 2),
    )
