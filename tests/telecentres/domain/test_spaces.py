import pytest
from django.core.exceptions import ValidationError

from telecentres.domain.spaces import add_spaces
from telecentres.enums import SpaceKind
from telecentres.models import Space
from tests.factories.telecentres import TelecentreFactory


def names(telecentre) -> list[str]:
    return list(telecentre.spaces.order_by("pk").values_list("name", flat=True))


def test_add_spaces_makes_one_row_per_desk_and_goes_on_counting(territory):
    site = TelecentreFactory(territory=territory)

    add_spaces(telecentre=site, kind=SpaceKind.DESK, name="Poste", count=2)
    add_spaces(telecentre=site, kind=SpaceKind.DESK, name="Poste", count=2)

    assert names(site) == ["Poste 1", "Poste 2", "Poste 3", "Poste 4"]


def test_add_spaces_alone_keeps_its_name_once(territory):
    site = TelecentreFactory(territory=territory)

    for _ in range(2):
        add_spaces(telecentre=site, kind=SpaceKind.MEETING_ROOM, name="Salle", capacity=12)

    assert names(site) == ["Salle", "Salle 1"]
    assert set(site.spaces.values_list("capacity", flat=True)) == {12}


def test_add_spaces_for_nobody_changes_nothing(territory):
    site = TelecentreFactory(territory=territory)

    with pytest.raises(ValidationError):
        add_spaces(telecentre=site, kind=SpaceKind.DESK, name="Poste", count=2, capacity=0)

    assert Space.objects.count() == 0


def test_add_spaces_numbers_each_telecentre_apart(territory):
    for site in TelecentreFactory.create_batch(2, territory=territory):
        add_spaces(telecentre=site, kind=SpaceKind.DESK, name="Poste", count=1)

        assert names(site) == ["Poste"]
