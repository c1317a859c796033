import pytest
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from telecentres.domain.calendar import Slot
from telecentres.enums import BookingOrigin
from telecentres.models import Booking, Space, Telecentre
from tests.factories import (
    BookingFactory,
    ExtraFactory,
    SpaceFactory,
    TelecentreFactory,
    UserFactory,
)
from tests.telecentres.march import march

pytestmark = pytest.mark.usefixtures("_monday")
NBSP = "\N{NO-BREAK SPACE}"
JUMPED = "Cette nuit-là, l’horloge avance"


def page(place) -> str:
    return reverse("admin:telecentres_telecentre_book", args=[place.pk])


@pytest.fixture
def desk(place) -> Space:
    return SpaceFactory(telecentre=place, name="Poste 7")


def typed(desk, **changes) -> dict[str, object]:
    given = {"jour": "2027-03-08", "de": "09:00", "a": "12:00", "personnes": 1}
    return given | {"espace": desk.pk, "note": "M. Roux"} | changes


def test_address_of_a_free_stretch_fills_the_form(place, manager_client, desk):
    asked = {"espace": desk.pk, "jour": "2027-03-08", "de": "09:00", "a": "12:30"}

    text = manager_client.get(page(place), asked).content.decode()

    assert f'<option value="{desk.pk}" selected>Poste 7</option>' in text
    assert 'value="2027-03-08"' in text
    assert 'value="12:30"' in text
    assert f"fermer/?espace={desk.pk}&amp;jour=2027-03-08" in text


def test_somebody_with_an_account_is_booked_for(place, manager_client, desk):
    holder = UserFactory(email="camille@exemple.fr")

    response = manager_client.post(page(place), typed(desk, email="Camille@Exemple.fr", note=""))

    week = reverse("admin:telecentres_telecentre_week", args=[place.pk])
    assert response["Location"] == f"{week}?jour=2027-03-08"
    booking = Booking.objects.get()
    assert (booking.holder, booking.origin) == (holder, BookingOrigin.COUNTER)
    assert Slot.of(booking.period) == march(8, "09:00", "12:00")
    [created] = JournalEntry.objects.filter(act=JournalAct.CREATED)
    assert (created.model, created.object_key) == ("telecentres.Booking", str(booking.pk))


def test_extras_are_added_for_somebody(place, manager_client, desk):
    projector = ExtraFactory(telecentre=place, name="Vidéoprojecteur", notice=720)
    ExtraFactory(telecentre=place, name="Retiré", is_offered=False)
    page_shown = manager_client.get(page(place)).content.decode()
    terms = f"Vidéoprojecteur (15,00{NBSP}€, par réservation)"
    assert f"En plus{NBSP}: {terms}" in page_shown
    assert 'name="jour" value="2027-03-01"' in page_shown
    assert "Retiré" not in page_shown

    many = manager_client.post(page(place), typed(desk) | {f"extra-{projector.pk}": "2"})
    assert (many.status_code, Booking.objects.count()) == (400, 0)
    assert f"«{NBSP}Vidéoprojecteur{NBSP}»{NBSP}: 1 au plus" in many.content.decode()

    manager_client.post(page(place), typed(desk) | {f"extra-{projector.pk}": "1"})
    assert Booking.objects.get().price == 15


def test_extra_that_does_not_go_with_a_space_is_named(place, manager_client, desk):
    lunch = ExtraFactory(telecentre=place, name="Plateau", kinds=["meeting_room"], price=0)
    terms = f"En plus{NBSP}: Plateau (compris, par réservation)"
    assert terms in manager_client.get(page(place)).content.decode()

    response = manager_client.post(page(place), typed(desk) | {f"extra-{lunch.pk}": "1"})

    told = f"Avec cet espace, le lieu ne propose pas, ou plus{NBSP}: Plateau. Enlevez-le."
    assert response.context["form"].errors == {"__all__": [told]}
    assert not Booking.objects.exists()


def test_place_that_is_not_open_says_where_that_is_changed(place, manager_client, desk):
    Telecentre.objects.update(state="planned")

    response = manager_client.post(page(place), typed(desk))

    told = f"Ce lieu n’est pas ouvert{NBSP}: sa fiche le dit, son état s’y change."
    assert response.context["form"].errors == {"__all__": [told]}


def test_hours_are_bent_when_somebody_opens(place, manager_client, desk):
    evening = typed(desk, de="19:00", a="21:00")

    refused = manager_client.post(page(place), evening)
    told = manager_client.post(page(place), evening | {"hors_horaires": "on"}, follow=True)

    assert refused.status_code == 400
    assert f"cochez «{NBSP}Même hors des horaires{NBSP}»." in refused.content.decode()
    booking = Booking.objects.get()
    assert f"Poste 7 est réservé, référence {booking}." in told.content.decode()
    assert booking.changes.get().reason == "Hors des horaires d’ouverture."


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"note": ""}, "note", f"Dites pour qui{NBSP}: un e-mail de compte, ou un nom."),
        (
            {"email": "inconnu@exemple.fr"},
            "email",
            f"Aucun compte n’a cette adresse{NBSP}: videz la case, et écrivez son nom.",
        ),
        ({"email": "rien", "note": ""}, "email", "Saisissez une adresse e-mail valide."),
        (
            {"jour": "2027-03-28", "de": "02:30"},
            "de",
            f"{JUMPED}{NBSP}: cette heure n’existe pas. Choisissez-en une autre.",
        ),
        ({"personnes": 2}, "__all__", f"C’est trop de monde{NBSP}: cet espace a 1 place."),
        (
            {"jour": "2020-03-02"},
            "__all__",
            f"Ce moment est déjà passé{NBSP}: choisissez-en un autre.",
        ),
    ],
)
def test_what_cannot_be_booked_is_said_and_nothing_is_written(
    place, manager_client, desk, changes, field, words
):
    response = manager_client.post(page(place), typed(desk, **changes))

    assert response.status_code == 400
    assert response.context["form"].errors == {field: [words]}
    assert not Booking.objects.exists()


def test_an_account_that_is_closed_is_nobodys(place, manager_client, desk):
    UserFactory(email="camille@exemple.fr", is_active=False)

    response = manager_client.post(page(place), typed(desk, email="camille@exemple.fr"))

    assert list(response.context["form"].errors) == ["email"]


def test_space_that_is_taken_is_a_conflict(place, manager_client, desk):
    BookingFactory(space=desk)

    response = manager_client.post(page(place), typed(desk, jour="2027-03-01", de="11:00"))

    assert response.status_code == 409
    assert response.context["form"].errors == {"__all__": ["C’est déjà pris à ce moment-là."]}


def test_another_place_is_as_one_that_never_was(place, manager_client, desk):
    elsewhere = SpaceFactory(telecentre=TelecentreFactory(territory=place.territory))

    refused = manager_client.post(page(elsewhere.telecentre), typed(elsewhere))
    crossed = manager_client.post(page(place), typed(elsewhere))

    assert refused.status_code == 404
    assert list(crossed.context["form"].errors) == ["espace"]
    assert not Booking.objects.exists()
