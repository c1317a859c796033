from datetime import date

import pytest

from telecentres.domain.audience import open_to
from telecentres.domain.booking import book_space
from telecentres.domain.errors import NotForYou
from telecentres.domain.moving import move_booking
from telecentres.models import Booking
from tests.factories import RightsGroupFactory, RightsMemberFactory, SpaceFactory, UserFactory
from tests.telecentres.march import NOW, hold, march

DAY = date(2027, 3, 1)
MORNING = march(1, "09:00", "12:30")


@pytest.fixture
def desks(site):
    """One for everyone, one for newcomers."""
    everyone, kept = SpaceFactory.create_batch(2, telecentre=site)
    kept.audience.add(RightsGroupFactory(territory=site.territory, name="Nouveaux arrivants"))
    return [everyone, kept]


@pytest.fixture
def newcomer(desks):
    return RightsMemberFactory(group=desks[1].audience.get(), ends_on=DAY).user


def test_kept_space_is_only_for_those_of_a_group_on_that_day(desks, newcomer):
    stranger = RightsMemberFactory().user

    assert open_to(desks, newcomer, DAY) == desks
    assert open_to(desks, newcomer, date(2027, 3, 2)) == desks[:1]
    assert open_to(desks, stranger, DAY) == desks[:1]


def test_one_group_of_several_is_enough(desks, newcomer):
    desks[1].audience.add(RightsGroupFactory())

    assert open_to(desks[1:], newcomer, DAY) == desks[1:]


def test_refusal_says_for_whom_they_are_kept(desks):
    desks[0].audience.add(RightsGroupFactory(name="Agents de la mairie"))

    with pytest.raises(NotForYou) as refused:
        open_to(desks, UserFactory(), DAY)

    assert refused.value.groups == ("Agents de la mairie", "Nouveaux arrivants")


def test_kept_space_is_not_booked_by_others(site, desks, newcomer):
    def book(holder):
        return book_space(telecentre=site, spaces=desks[1:], slot=MORNING, holder=holder, now=NOW)

    with pytest.raises(NotForYou):
        book(UserFactory())
    assert not Booking.objects.exists()

    assert book(newcomer).space == desks[1]


def test_nor_entered_by_a_move_of_ones_own(desks):
    booking = hold(desks[0], MORNING)

    def move(author):
        return move_booking(
            booking=booking, spaces=desks[1:], slot=march(2, "09:00", "12:30"), author=author,
            now=NOW,
        )  # fmt: skip

    with pytest.raises(NotForYou):
        move(booking.holder)

    # The manager may put someone there.
    assert move(UserFactory()).space == desks[1]


def test_spaces_for_everyone_cost_one_query(site, django_assert_num_queries):
    spaces = SpaceFactory.create_batch(3, telecentre=site)

    with django_assert_num_queries(1):
        assert open_to(spaces, UserFactory.build(pk=1), DAY) == spaces
