from telecentres.domain.inventory import known_equipment, spaces_by_kind
from telecentres.enums import SpaceKind
from tests.factories import SpaceFactory, TelecentreFactory


def test_spaces_by_kind_counts_spaces_and_places(territory):
    place = TelecentreFactory(territory=territory)
    SpaceFactory.create_batch(2, telecentre=place, kind=SpaceKind.DESK)
    SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=8)

    groups = [(group.kind, len(group.spaces), group.capacity) for group in spaces_by_kind(place)]

    assert groups == [(SpaceKind.DESK, 2, 2), (SpaceKind.MEETING_ROOM, 1, 8)]


def test_kind_tells_its_equipment_once_and_whether_all_ask_for_an_approval(territory):
    place = TelecentreFactory(territory=territory)
    SpaceFactory(telecentre=place, equipment="Visio\n Écran \n\n", needs_approval=True)
    SpaceFactory(telecentre=place, equipment="écran\nAffiches", needs_approval=True)

    [group] = spaces_by_kind(place)

    assert group.equipment == ["Affiches", "Écran", "Visio"]
    assert group.needs_approval
    SpaceFactory(telecentre=place)
    assert not spaces_by_kind(place)[0].needs_approval


def test_known_equipment_is_that_of_what_may_be_booked_here(territory):
    place = TelecentreFactory(territory=territory, takes_bookings=True)
    for values in (
        {"equipment": "Visio\nÉcran"},
        {"equipment": "écran"},
        {"equipment": ""},
        {"equipment": "Montré", "units": []},
    ):
        SpaceFactory(telecentre=place, **values)
    SpaceFactory(telecentre__territory=territory, equipment="Sans réservation")
    SpaceFactory(telecentre__takes_bookings=True, equipment="Ailleurs")

    assert known_equipment(territory) == ["Écran", "Visio"]
