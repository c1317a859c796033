from telecentres.domain.inventory import spaces_by_kind
from telecentres.enums import SpaceKind
from tests.factories import SpaceFactory, TelecentreFactory


def test_spaces_by_kind_counts_spaces_and_places(territory):
    place = TelecentreFactory(territory=territory)
    SpaceFactory.create_batch(2, telecentre=place, kind=SpaceKind.DESK)
    SpaceFactory(telecentre=place, kind=SpaceKind.MEETING_ROOM, capacity=8)

    groups = [(group.kind, len(group.spaces), group.capacity) for group in spaces_by_kind(place)]

    assert groups == [(SpaceKind.DESK, 2, 2), (SpaceKind.MEETING_ROOM, 1, 8)]
