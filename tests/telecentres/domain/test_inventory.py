from telecentres.domain.inventory import in_reading_order, known_equipment, spaces_by_kind
from telecentres.enums import SpaceKind
from tests.factories import SpaceFactory, TelecentreFactory


def test_spaces_are_read_by_kind_then_by_number(territory):
    place = TelecentreFactory(territory=territory)
    for name in ("Poste 10", "Poste 9", "Atelier", "Poste 9 bis"):
        SpaceFactory(telecentre=place, name=name, kind=SpaceKind.DESK)
    SpaceFactory(telecentre=place, name="3", kind=SpaceKind.WORKSHOP)
    SpaceFactory(telecentre=place, name="Zoé", kind=SpaceKind.OFFICE)

    names = [space.name for space in in_reading_order(place.spaces.all())]

    assert names == ["Zoé", "Atelier", "Poste 9", "Poste 9 bis", "Poste 10", "3"]


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
