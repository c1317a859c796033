from datetime import UTC, date, datetime

import pytest

from solos.domain.statistics import (
    AGES,
    compose_statistics,
    messages_by_month,
    months_until,
    states_by_month,
)
from solos.enums import SoloState
from solos.models import ContactMessage, Solo, StateChange
from tests.factories import (
    CommuneFactory,
    ContactMessageFactory,
    EpciFactory,
    SectorFactory,
    SoloFactory,
    TerritoryFactory,
    TradeFactory,
)

TODAY = date(2026, 3, 15)


def moved(solo: Solo, *moves: tuple[SoloState, date]) -> Solo:
    """Their whole way, in place of the factory's one state."""
    solo.state_changes.all().delete()
    for state, day in moves:
        StateChange.objects.create(solo=solo, state=state, changed_on=day)
    return solo


def by_key(solos=None, today: date = TODAY):
    return {table.key: table for table in compose_statistics(solos or Solo.objects.all(), today)}


def lines(table):
    return [(row.label, *row.numbers) for row in table.rows]


def test_months_until_end_with_the_present_one():
    months = months_until(TODAY, 24)

    assert (len(months), months[0], months[-1]) == (24, date(2024, 4, 1), date(2026, 3, 1))


def test_states_by_month_follows_each_move(territory):
    moved(
        SoloFactory(territory=territory),
        (SoloState.IDENTIFIED, date(2019, 5, 2)),
        (SoloState.PUBLISHED, date(2026, 1, 31)),
        (SoloState.HIDDEN, date(2026, 3, 1)),
        (SoloState.PUBLISHED, date(2026, 3, 1)),
    )
    moved(SoloFactory(territory=territory), (SoloState.IDENTIFIED, date(2026, 2, 1)))
    moved(SoloFactory(territory=territory), (SoloState.IDENTIFIED, date(2026, 4, 1)))

    table = states_by_month(Solo.objects.all(), TODAY)

    assert [str(head) for head in table.heads][:3] == ["recensé·e", "invité·e", "dans l’annuaire"]
    assert lines(table)[0] == ("avril 2024", 1, 0, 0, 0, 0, 0)
    assert lines(table)[-4:] == [
        ("décembre 2025", 1, 0, 0, 0, 0, 0),
        ("janvier 2026", 0, 0, 1, 0, 0, 0),
        ("février 2026", 1, 0, 1, 0, 0, 0),
        ("mars 2026", 1, 0, 1, 0, 0, 0),
    ]


def test_states_by_month_agree_with_the_count_of_each_day(territory):
    """The reference: asking, for each month's end, who was in the state then."""
    for number in range(12):
        solo = SoloFactory(territory=territory)
        moves = [(SoloState.IDENTIFIED, date(2024, 1 + number, 7))]
        moves += [(SoloState.PUBLISHED, date(2025, 1 + number, 3))] if number % 2 else []
        moves += [(SoloState.WITHDRAWN, date(2026, 1 + number % 3, 9))] if number % 3 else []
        moved(solo, *moves)

    table = states_by_month(Solo.objects.all(), TODAY)

    for place, day in ((-1, TODAY), (-2, date(2026, 2, 28)), (-10, date(2025, 6, 30))):
        counted = tuple(Solo.objects.all().in_state_on(day, [state]).count() for state in SoloState)
        assert table.rows[place].numbers == counted


def test_groups_count_known_and_shown_the_largest_first(territory):
    epci = EpciFactory(siren="200000001", name="Pays de Foix")
    foix = CommuneFactory(foix=True, epci=epci)
    other = TradeFactory(
        slug="boulange", name="Boulange", sector=SectorFactory(slug="bouche", name="Bouche")
    )
    SoloFactory(territory=territory, commune=foix, trade=other, published=True)
    SoloFactory(territory=territory, commune=foix, trade=other)
    SoloFactory(territory=territory, commune=None, trade=None, published=True)
    SoloFactory(territory=territory, commune=foix, state=SoloState.WITHDRAWN)

    tables = by_key()

    assert lines(tables["secteurs"]) == [("Bouche", 2, 1), ("non dit", 1, 1)]
    assert lines(tables["intercommunalites"]) == [("Pays de Foix", 2, 1), ("non dit", 1, 1)]
    assert lines(tables["communes"]) == [("Foix", 2, 1), ("non dit", 1, 1)]
    assert tables["communes"].most == 2


@pytest.mark.parametrize(
    ("verified_on", "place"),
    [
        (TODAY, 0),
        (date(2025, 12, 15), 0),
        (date(2025, 12, 14), 1),
        (date(2025, 9, 14), 1),
        (date(2025, 9, 13), 2),
        (date(2025, 3, 15), 2),
        (date(2025, 3, 14), 3),
        (None, 4),
    ],
)
def test_ages_of_verification(territory, verified_on, place):
    SoloFactory(territory=territory, published=True, verified_on=verified_on)
    SoloFactory(territory=territory, verified_on=verified_on)

    rows = by_key()["verifications"].rows

    assert len(rows) == len(AGES) + 1
    assert [row.numbers[0] for row in rows] == [int(number == place) for number in range(5)]


def test_messages_are_counted_by_month(territory):
    solo = SoloFactory(territory=territory, published=True)
    for moment in (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)):
        message = ContactMessageFactory(solo=solo)
        ContactMessage.objects.filter(pk=message.pk).update(sent_at=moment)

    table = messages_by_month(Solo.objects.all(), TODAY)

    assert [(label, count) for label, count in lines(table) if count] == [
        ("avril 2025", 1),
        # Half past midnight in Paris.
        ("mars 2026", 1),
    ]


def test_only_the_solos_given_are_counted(territory):
    SoloFactory(territory=territory, published=True)
    SoloFactory(territory=TerritoryFactory(), published=True)
    ContactMessageFactory()

    tables = by_key(Solo.objects.in_territory(territory), date(2026, 12, 31))

    assert tables["secteurs"].rows[0].numbers == (1, 1)
    assert tables["etats"].rows[-1].numbers == (0, 0, 1, 0, 0, 0)
    assert sum(row.numbers[0] for row in tables["messages"].rows) == 0


def test_six_statements_whatever_the_number(territory, django_assert_num_queries):
    for count in (1, 3):
        for _number in range(count):
            ContactMessageFactory(solo=SoloFactory(territory=territory, published=True))
        with django_assert_num_queries(6):
            compose_statistics(Solo.objects.all(), TODAY)
