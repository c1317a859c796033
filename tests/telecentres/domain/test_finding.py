from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from django.contrib.gis.geos import Point

from telecentres.domain import finding
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import BookingRefusal
from telecentres.domain.finding import Wish, find_free_places
from telecentres.domain.open_days import opening_of
from telecentres.enums import BookingUnit, DayPart, SpaceKind, TelecentreState
from telecentres.models import Booking, Space, Telecentre
from tests.factories import (
    CommuneFactory,
    ExceptionalHoursFactory,
    OpeningHoursFactory,
    RightsGroupFactory,
    SeasonFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
)
from tests.telecentres.march import NOW, at, hold, march

MONDAY = date(2027, 3, 1)
ALL_DAY = Wish(MONDAY)
MORNING = Wish(MONDAY, DayPart.MORNING)
FOIX = Point(1.6, 42.97, srid=4326)
QUERIES = 4


def found(site, wish=ALL_DAY, now=NOW, near=None):
    return find_free_places(territory=site.territory, wish=wish, now=now, near=near)


def names(site, wish=ALL_DAY, **asked) -> list[str]:
    return [place.telecentre.name for place in found(site, wish, **asked).places]


def neighbour(site, **values) -> Telecentre:
    """Another place of the territory, open on Mondays from 10:00 to 12:00."""
    place = TelecentreFactory(territory=site.territory, takes_bookings=True, **values)
    OpeningHoursFactory(telecentre=place, opens_at=time(10), closes_at=time(12))
    return place


# ---- What is found ---------------------------------------------------------------------------
def test_places_with_something_free_tell_their_own_hours_and_spaces(site):
    desks = SpaceFactory.create_batch(2, telecentre=site)
    room = SpaceFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM)
    hold(desks[0], march(1, "17:00", "18:00"))
    other = neighbour(site, name="Belvès")
    desk = SpaceFactory(telecentre=other)

    places = found(site).places

    assert [(place.telecentre, place.slot, place.spaces) for place in places] == [
        (other, march(1, "10:00", "12:00"), (desk,)),
        (site, march(1, "09:00", "18:00"), (desks[1], room)),
    ]
    assert [(group.kind, len(group.spaces)) for group in places[1].kinds] == [
        (SpaceKind.DESK, 1),
        (SpaceKind.MEETING_ROOM, 1),
    ]


def test_nearest_comes_first_with_its_distance(site):
    SpaceFactory(telecentre=site)
    near = neighbour(site, name="Zénith", point=Point(1.6, 42.98, srid=4326))
    SpaceFactory(telecentre=near)
    Telecentre.objects.filter(pk=site.pk).update(point=Point(1.6, 43.07, srid=4326))

    places = found(site, near=FOIX).places

    assert [(place.telecentre.name, round(place.telecentre.distance.km)) for place in places] == [
        ("Zénith", 1),
        ("Cap Delta", 11),
    ]


@pytest.mark.parametrize(
    ("part", "slots"),
    [
        (DayPart.DAY, [("09:00", "18:00"), ("10:00", "12:00")]),
        (DayPart.MORNING, [("09:00", "12:30"), ("10:00", "12:00")]),
        (DayPart.AFTERNOON, [("13:30", "18:00")]),
    ],
)
def test_parts_of_a_day_are_those_of_each_place(site, part, slots):
    SpaceFactory(telecentre=site)
    SpaceFactory(telecentre=neighbour(site, name="Zénith"))

    places = found(site, Wish(MONDAY, part)).places

    assert [place.slot for place in places] == [march(1, *slot) for slot in slots]


def test_hours_are_the_same_everywhere_whatever_the_lengths_let(site):
    """As on the page of a place: one may ask for hours of one's own."""
    SpaceFactory(telecentre=site, units=[BookingUnit.MONTH])
    SpaceFactory(telecentre=neighbour(site, name="Zénith"))

    assert names(site, Wish(MONDAY, hours=(time(10), time(11)))) == ["Cap Delta", "Zénith"]
    assert names(site, Wish(MONDAY, hours=(time(9), time(11)))) == ["Cap Delta"]
    assert names(site) == ["Zénith"]


def test_hours_that_the_clocks_jump_over_are_found_nowhere(site):
    ExceptionalHoursFactory(
        telecentre=site, day=date(2027, 3, 28), opens_at=time(1), closes_at=time(9)
    )
    SpaceFactory(telecentre=site)

    night = Wish(date(2027, 3, 28), hours=(time(2, 30), time(4)))
    assert names(site, night) == []
    assert names(site, replace(night, hours=(time(3), time(4)))) == ["Cap Delta"]


@pytest.mark.parametrize(
    ("wish", "number"),
    [
        ({}, 3),
        ({"kind": SpaceKind.DESK}, 1),
        ({"people": 2}, 2),
        ({"people": 9}, 0),
        ({"equipment": ("écran",)}, 2),
        ({"equipment": ("écran", "visio")}, 1),
        ({"kind": SpaceKind.DESK, "equipment": ("visio",)}, 0),
    ],
)
def test_wish_is_granted_by_one_space(site, wish, number):
    SpaceFactory(telecentre=site)
    for equipment in ("Écran", "Visio\nécran"):
        SpaceFactory(telecentre=site, kind=SpaceKind.MEETING_ROOM, capacity=8, equipment=equipment)

    places = found(site, replace(ALL_DAY, **wish)).places

    assert sum(len(place.spaces) for place in places) == number


def test_spaces_kept_for_some_are_left_out(site):
    SpaceFactory(telecentre=site).audience.add(RightsGroupFactory())

    assert names(site) == []


def test_places_that_take_no_booking_are_left_out(site):
    values = [
        {"takes_bookings": False},
        {"takes_bookings": True, "state": TelecentreState.PLANNED},
        {"takes_bookings": True, "state": TelecentreState.CLOSED},
    ]
    for each in values:
        place = TelecentreFactory(territory=site.territory, **each)
        OpeningHoursFactory(telecentre=place)
        SpaceFactory(telecentre=place)
    SpaceFactory(telecentre__takes_bookings=True)
    SpaceFactory(telecentre=site, units=[])

    assert names(site) == []


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_one_and_three(site, django_assert_num_queries, number):
    SpaceFactory.create_batch(number, telecentre=site)
    for _each in range(number - 1):
        SpaceFactory.create_batch(number, telecentre=neighbour(site))

    with django_assert_num_queries(QUERIES):
        assert len(found(site).places) == number
    for space in Space.objects.all():
        hold(space, march(1, "10:00", "11:00"))
    with django_assert_num_queries(QUERIES + 1):
        assert len(found(site).instead) == 5


# ---- What is found is what may be booked -----------------------------------------------------
def _scenery(site) -> None:
    """Places that differ by one rule or several: hours, seasons, days apart, notice and so on."""
    summer = SeasonFactory(telecentre=site, starts_on=MONDAY, ends_on=date(2027, 3, 7))
    OpeningHoursFactory(telecentre=site, season=summer, weekday=3, closes_at=time(16))
    SpaceFactory(telecentre=site, units=[BookingUnit.HALF_DAY])
    rules = [
        {"notice": 7 * 24 * 60},
        {"horizon": 8},
        {"capacity": 3},
        {"buffer_before": 60, "buffer_after": 90},
        {"kind": SpaceKind.MEETING_ROOM, "capacity": 3, "equipment": "Écran"},
        {"units": [BookingUnit.DAY]},
        {"needs_approval": True},
    ]
    for number, values in enumerate(rules):
        place = neighbour(site, name=f"Lieu {number}")
        OpeningHoursFactory(
            telecentre=place, weekday=2 + number % 2, opens_at=time(9), closes_at=time(17)
        )
        for _each in range(1 + number % 2):
            hold(SpaceFactory(telecentre=place, **values), march(1 + number % 3, "10:00", "11:00"))
        SpaceFactory(telecentre=place, **values)
        ExceptionalHoursFactory(telecentre=place, day=date(2027, 3, 4 + number % 2))


WISHES = [
    Wish(MONDAY + timedelta(days=day), part, hours, kind, people, equipment)
    for day, (part, hours), (kind, people, equipment) in product(
        range(4),
        [
            (DayPart.DAY, None),
            (DayPart.MORNING, None),
            (DayPart.AFTERNOON, None),
            (DayPart.DAY, (time(9), time(10))),
            (DayPart.DAY, (time(11), time(12))),
        ],
        [
            (None, 1, ()),
            (SpaceKind.DESK, 2, ()),
            (SpaceKind.MEETING_ROOM, 3, ("écran",)),
        ],
    )
]


def _is_booked(place: Telecentre, spaces: list[Space], slot: Slot, wish: Wish, holder) -> bool:
    """Whether the real act accepts it; taken back at once."""
    try:
        booking = book_space(
            telecentre=place, spaces=spaces, slot=slot, holder=holder, people=wish.people, now=NOW
        )
    except BookingRefusal:
        return False
    Booking.objects.filter(pk=booking.pk).delete()
    return True


def test_what_is_found_is_booked_and_what_is_left_out_is_refused(site):
    """60 wishes over 8 places, each put to `book_space`."""
    _scenery(site)
    holder = UserFactory()
    answers = {True: 0, False: 0}
    for wish in WISHES:
        granted = {place.telecentre.pk: place for place in found(site, wish).places}
        for place in Telecentre.objects.select_related("commune"):
            slot = wish.slot_in(opening_of(place, wish.day, wish.day))
            spaces = [space for space in place.spaces.smallest_first() if wish.accepts(space)]
            accepted = bool(slot) and _is_booked(place, spaces, slot, wish, holder)
            assert accepted == (place.pk in granted), (wish, place)
            answers[accepted] += 1
        for one in granted.values():
            for space in one.spaces:
                assert _is_booked(one.telecentre, [space], one.slot, wish, holder), (wish, space)
    assert answers == {True: 68, False: 412}


# ---- When nothing is found -------------------------------------------------------------------
def instead(site, wish, now=NOW) -> list[tuple]:
    return [
        (each.wish.day.day, each.wish.part.value, each.wish.hours, each.wish.kind, each.places)
        for each in found(site, wish, now).instead
    ]


def test_nothing_free_proposes_other_parts_then_the_next_days(site):
    hold(SpaceFactory(telecentre=site), march(1, "09:00", "10:00"))
    SpaceFactory(telecentre=neighbour(site), units=[BookingUnit.HALF_DAY])

    assert instead(site, ALL_DAY) == [
        (1, "matin", None, None, 1),
        (1, "apres-midi", None, None, 1),
        (2, "journee", None, None, 1),
        (3, "journee", None, None, 1),
        (4, "journee", None, None, 1),
    ]


def test_nothing_free_at_some_hours_proposes_the_parts_of_that_day(site):
    SpaceFactory(telecentre=site)
    late = (time(18), time(19))

    assert instead(site, Wish(MONDAY, hours=late)) == [
        (1, "journee", None, None, 1),
        (1, "matin", None, None, 1),
        (1, "apres-midi", None, None, 1),
    ]


def test_nothing_such_proposes_any_space_first(site):
    SpaceFactory(telecentre=site)

    assert instead(site, replace(MORNING, kind=SpaceKind.OFFICE)) == [(1, "matin", None, None, 1)]


def test_nothing_at_all_proposes_nothing(site):
    assert found(site) == finding.Finding((), ())


def test_what_is_past_is_not_found(site):
    SpaceFactory(telecentre=site)

    assert names(site, MORNING, now=at(1, "09:01")) == []
    assert instead(site, MORNING, now=at(1, "09:01"))[0] == (1, "apres-midi", None, None, 1)


def test_something_found_proposes_nothing_else(site):
    SpaceFactory(telecentre=site, equipment="Écran")
    CommuneFactory()

    assert found(site).instead == ()
