import pytest
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.domain.calendar import Slot
from telecentres.domain.closures import close_spaces
from telecentres.enums import BookingState
from telecentres.models import Booking, Space
from tests.factories import BookingFactory, SpaceFactory, TelecentreFactory, UserFactory
from tests.telecentres.march import hold, march

pytestmark = pytest.mark.usefixtures("_monday")
NBSP = "\N{NO-BREAK SPACE}"


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_close", args=[place.pk])


@pytest.fixture
def spaces(place) -> list[Space]:
    return [SpaceFactory(telecentre=place, name=f"Poste {number}") for number in (1, 2)]


def typed(*spaces, **changes) -> dict[str, object]:
    given = {"jour": "2027-03-08", "de": "08:00", "au": "2027-03-09", "a": "20:00"}
    return given | {"espace": [space.pk for space in spaces], "motif": "Travaux"} | changes


def test_spaces_are_closed_from_a_day_to_another(place, manager_client, spaces):
    told = manager_client.post(page(place), typed(*spaces), follow=True)

    assert "2 espaces sont fermés." in told.content.decode()
    bookings = Booking.objects.order_by("space")
    assert [(each.space, each.state, each.note) for each in bookings] == [
        (space, BookingState.BLOCKED, "Travaux") for space in spaces
    ]
    assert Slot.of(bookings[0].period) == march(8, "08:00", "20:00", last=9)
    created = JournalEntry.objects.filter(act=JournalAct.CREATED)
    assert list(created.values_list("model", "rows")) == [("telecentres.Booking", 2)]


def test_whole_place_is_every_space_of_it(place, manager_client, spaces):
    SpaceFactory(telecentre=TelecentreFactory(territory=place.territory))

    manager_client.post(page(place), typed(tout="on"))

    assert [each.space for each in Booking.objects.order_by("space")] == spaces


def test_address_of_a_free_stretch_fills_the_form(place, manager_client, spaces):
    asked = {"espace": spaces[1].pk, "jour": "2027-03-08", "de": "09:00", "a": "12:30"}

    form = manager_client.get(page(place), asked).context["form"]

    assert [box.data["selected"] for box in form["espace"]] == [False, True]
    assert form["jour"].value() == "2027-03-08"


def test_spaces_that_are_taken_are_named_with_who_comes(place, manager_client, spaces):
    held = BookingFactory(space=spaces[1], holder=UserFactory(first_name="Ana", last_name="Roux"))

    response = manager_client.post(page(place), typed(*spaces, jour="2027-03-01"))

    text = response.content.decode()
    assert response.status_code == 409
    booking = reverse("admin:telecentres_booking_change", args=[held.pk])
    assert f'href="{booking}">Poste 2, lun 1 mars 2027 09:00–12:00</a>' in text
    mail = f'<a href="mailto:{held.holder.email}">{held.holder.email}</a>'
    assert f"</a>{NBSP}: Ana Roux {mail} (confirmée)" in text
    assert list(Booking.objects.all()) == [held]
    [read] = JournalEntry.objects.filter(act=JournalAct.READ)
    assert read.rows == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"espace": []}, "espace", "Choisissez un espace au moins, ou tout le lieu."),
        (
            {"jour": "2027-10-31", "au": "", "de": "02:30"},
            "passage",
            f"Cette nuit-là, l’horloge recule{NBSP}: cette heure passe deux fois. Dites laquelle.",
        ),
        ({"au": "2027-03-07"}, "__all__", "La fin doit venir après le début."),
        (
            {"jour": "2020-03-02", "au": ""},
            "__all__",
            f"Ce moment est déjà passé{NBSP}: choisissez-en un autre.",
        ),
        (
            {"au": "2028-03-08"},
            "__all__",
            f"C’est trop long{NBSP}: une réservation dure trois mois au plus, puis se renouvelle.",
        ),
    ],
)
def test_what_cannot_be_closed_is_said_and_nothing_is_written(
    place, manager_client, spaces, changes, field, words
):
    response = manager_client.post(page(place), typed(*spaces, **changes))

    assert response.status_code == 400
    assert response.context["form"].errors == {field: [words]}
    assert not Booking.objects.exists()


# ---- Where those could go who are in the way ------------------------------------------------
def monday_closed(spaces, **changes) -> dict[str, object]:
    return typed(*spaces, jour="2027-03-08", au="", **changes)


def test_those_in_the_way_are_moved_as_proposed_then_it_is_closed(place, manager_client, spaces):
    slot = march(8, "09:00", "12:00")
    booking = hold(spaces[0], slot)

    refused = manager_client.post(page(place), monday_closed(spaces[:1]))
    [(proposal, is_ticked)] = refused.context["moves"].rows
    ticked = monday_closed(spaces[:1], deplacer=[proposal.key])
    told = manager_client.post(page(place), ticked, follow=True)

    assert (refused.status_code, is_ticked) == (409, True)
    assert (proposal.space, proposal.slot) == (spaces[1], slot)
    assert "→ Poste 2, aux mêmes heures" in refused.content.decode()
    text = told.content.decode()
    assert "1 réservation est déplacée, son titulaire est prévenu." in text
    assert "1 espace est fermé." in text
    booking.refresh_from_db()
    assert (booking.space, Slot.of(booking.period)) == (spaces[1], slot)
    edited = JournalEntry.objects.filter(act=JournalAct.EDITED)
    assert list(edited.values_list("model", "rows")) == [("telecentres.Booking", 1)]


def test_what_is_unticked_stays_in_the_way(place, manager_client, spaces):
    first = hold(spaces[0], march(8, "09:00", "10:00"))
    second = hold(spaces[0], march(8, "10:00", "11:00"))
    rows = manager_client.post(page(place), monday_closed(spaces[:1])).context["moves"].rows

    ticked = monday_closed(spaces[:1], deplacer=[rows[0][0].key])
    response = manager_client.post(page(place), ticked)

    assert response.status_code == 409
    assert [each.booking for each, _ticked in response.context["moves"].rows] == [second]
    first.refresh_from_db()
    assert first.space == spaces[1]
    assert not Booking.objects.filter(state=BookingState.BLOCKED).exists()


def test_what_is_no_longer_proposed_moves_nobody(place, manager_client, spaces):
    booking = hold(spaces[0], march(8, "09:00", "12:00"))
    [(proposal, _ticked)] = (
        manager_client.post(page(place), monday_closed(spaces[:1])).context["moves"].rows
    )
    hold(spaces[1], march(8, "11:00", "12:00"))

    ticked = monday_closed(spaces[:1], deplacer=[proposal.key])
    response = manager_client.post(page(place), ticked)

    assert response.status_code == 409
    assert f"ne l’est plus{NBSP}: relisez avant d’envoyer." in response.content.decode()
    booking.refresh_from_db()
    assert booking.space == spaces[0]


def test_nobody_is_moved_for_a_closure_that_is_refused(place, manager_client, spaces):
    booking = hold(spaces[0], march(8, "09:00", "12:00"))
    [(proposal, _ticked)] = (
        manager_client.post(page(place), monday_closed(spaces[:1])).context["moves"].rows
    )

    ticked = monday_closed(spaces[:1], a="07:00", deplacer=[proposal.key])
    response = manager_client.post(page(place), ticked)

    assert response.status_code == 400
    booking.refresh_from_db()
    assert booking.space == spaces[0]


def test_hour_that_comes_twice_is_closed_once_it_is_said_which(place, manager_client, spaces):
    night = {"jour": "2027-10-31", "au": "", "de": "02:30", "a": "08:00", "passage": "2"}

    manager_client.post(page(place), typed(spaces[0], **night))

    # 2:30 for the second time is half past one in UTC.
    assert Booking.objects.get().period.lower.isoformat() == "2027-10-31T01:30:00+00:00"


def test_what_was_closed_in_one_go_reopens_in_one_tap(place, manager_client, spaces):
    slot = march(8, "08:00", "20:00")
    first, _second = close_spaces(spaces=spaces, slot=slot, author=UserFactory(), note="Travaux")
    assert "Travaux" in manager_client.get(page(place)).content.decode()

    told = manager_client.post(page(place), {"rouvrir": first.reference}, follow=True)
    again = manager_client.post(page(place), {"rouvrir": first.reference}, follow=True)

    assert "C’est rouvert." in told.content.decode()
    assert "C’était déjà rouvert." in again.content.decode()
    assert {each.state for each in Booking.objects.all()} == {BookingState.CANCELLED}


def test_another_place_is_as_one_that_never_was(place, manager_client, spaces):
    elsewhere = SpaceFactory(telecentre=TelecentreFactory(territory=place.territory))
    slot = march(8, "08:00", "20:00")
    [closed] = close_spaces(spaces=[elsewhere], slot=slot, author=UserFactory())

    refused = manager_client.post(page(elsewhere.telecentre), typed(elsewhere))
    crossed = manager_client.post(page(place), typed(elsewhere))
    manager_client.post(page(place), {"rouvrir": closed.reference})

    assert (refused.status_code, crossed.status_code) == (404, 400)
    assert list(crossed.context["form"].errors) == ["espace"]
    assert [each.state for each in Booking.objects.all()] == [BookingState.BLOCKED]


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_three(
    place, manager_client, django_assert_num_queries, number
):
    spaces = SpaceFactory.create_batch(number, telecentre=place)
    for day in range(8, 8 + number):
        slot = march(day, "08:00", "20:00")
        close_spaces(spaces=spaces, slot=slot, author=UserFactory())

    with django_assert_num_queries(16):
        manager_client.get(page(place))
