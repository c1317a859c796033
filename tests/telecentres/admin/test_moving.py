import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.domain.calendar import Slot
from telecentres.models import Booking
from tests.factories import SpaceFactory, TelecentreFactory
from tests.telecentres.march import hold, march

pytestmark = pytest.mark.usefixtures("_monday")
NBSP = "\N{NO-BREAK SPACE}"
MORNING = march(8, "09:00", "12:00")


@pytest.fixture
def booking(place) -> Booking:
    return hold(SpaceFactory(telecentre=place, name="Poste 7"), MORNING)


def page(booking) -> str:
    return reverse("admin:telecentres_booking_move", args=[booking.pk])


def typed(space, **changes) -> dict[str, object]:
    return {"espace": space.pk, "jour": "2027-03-15", "de": "09:00", "a": "12:00"} | changes


def test_form_says_what_the_booking_holds_and_is_journaled(manager_client, booking):
    form = manager_client.get(page(booking)).context["form"]

    values = {name: str(form[name].value()) for name in ("espace", "jour", "de", "a", "au")}
    assert values == {
        "espace": str(booking.space_id),
        "jour": "2027-03-08",
        "de": "09:00:00",
        "a": "12:00:00",
        "au": "None",
    }
    [read] = JournalEntry.objects.filter(act=JournalAct.READ)
    assert (read.model, read.object_key) == ("telecentres.Booking", str(booking.pk))


def test_form_of_several_days_says_the_last(place, manager_client):
    booking = hold(SpaceFactory(telecentre=place), march(8, "09:00", "12:00", last=9))

    form = manager_client.get(page(booking)).context["form"]

    assert str(form["au"].value()) == "2027-03-09"


def test_booking_is_moved_with_its_holder_on_the_telephone(manager_client, booking):
    change = reverse("admin:telecentres_booking_change", args=[booking.pk])

    response = manager_client.post(page(booking), typed(booking.space), follow=True)

    assert response.redirect_chain == [(change, 302)]
    text = response.content.decode()
    assert f"C’est déplacé{NBSP}: lundi 15 mars 2027, de 09:00 à 12:00." in text
    assert f'href="{page(booking)}"' in text
    booking.refresh_from_db()
    assert Slot.of(booking.period) == march(15, "09:00", "12:00")
    assert LogEntry.objects.filter(object_id=booking.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"de": "19:00", "a": "20:00"}, 400), ({"de": "hier"}, 400), ({}, 409)],
)
def test_what_cannot_be_is_said_and_the_booking_stays(manager_client, booking, changes, status):
    taken = hold(booking.space, march(15, "11:00", "12:30"))

    response = manager_client.post(page(booking), typed(taken.space, **changes))

    assert response.status_code == status
    booking.refresh_from_db()
    assert Slot.of(booking.period) == MORNING


def test_booking_of_another_place_is_as_one_that_never_was(place, manager_client, booking):
    elsewhere = SpaceFactory(telecentre=TelecentreFactory(territory=place.territory))
    others = hold(elsewhere, MORNING)

    refused = manager_client.post(page(others), typed(elsewhere))
    crossed = manager_client.post(page(booking), typed(elsewhere))

    assert refused.status_code == 404
    assert list(crossed.context["form"].errors) == ["espace"]
    booking.refresh_from_db()
    assert Slot.of(booking.period) == MORNING
