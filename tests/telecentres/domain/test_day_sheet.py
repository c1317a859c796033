from datetime import date

import pytest

from telecentres.domain.day_sheet import day_sheet
from telecentres.enums import BookingState, SpaceKind
from tests.factories import BookingLineFactory, SpaceFactory
from tests.telecentres.march import hold, march

MONDAY = date(2027, 3, 1)


def shown(sheet) -> list[tuple[str, list[str]]]:
    return [
        (row.space.name, [f"{held.slot.start:%d %H:%M}" for held in row.held])
        for row in sheet.spaces
    ]


def test_day_sheet_says_who_comes_space_by_space(site):
    room = SpaceFactory(telecentre=site, name="Salle", kind=SpaceKind.MEETING_ROOM)
    desk = SpaceFactory(telecentre=site, name="Poste 1", buffer_after=60)
    hold(desk, march(1, "14:00", "16:00"))
    hold(desk, march(1, "09:00", "12:00"))
    hold(desk, march(2, "09:00", "12:00"))
    hold(room, march(1, "09:00", "12:00"), state=BookingState.CANCELLED)

    sheet = day_sheet(site, MONDAY)

    assert shown(sheet) == [("Poste 1", ["01 08:00", "01 13:00"]), ("Salle", [])]
    assert (sheet.count, sheet.opened.is_open) == (2, True)


def test_day_sheet_says_what_to_prepare(site):
    booking = hold(SpaceFactory(telecentre=site), march(1, "09:00", "12:00"))
    BookingLineFactory(booking=booking)
    BookingLineFactory(of_extra=True, booking=booking, quantity=2)

    [row] = day_sheet(site, MONDAY).spaces
    assert row.held[0].extras == "2 × Vidéoprojecteur"


def test_day_sheet_holds_what_lasts_and_not_what_only_tidies(site):
    desk = SpaceFactory(telecentre=site, name="Poste 1", buffer_after=24 * 60)
    hold(desk, march(1, "09:00", "12:00", last=3))

    assert shown(day_sheet(site, date(2027, 3, 2))) == [("Poste 1", ["01 08:00"])]
    assert shown(day_sheet(site, date(2027, 3, 4))) == [("Poste 1", [])]


@pytest.mark.parametrize("number", [1, 3])
def test_day_sheet_costs_the_same_for_one_and_three(site, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=site):
        hold(desk, march(1, "09:00", "12:00"))

    with django_assert_num_queries(4):
        sheet = day_sheet(site, MONDAY)
        assert [str(row.held[0].booking.holder) for row in sheet.spaces] != []
