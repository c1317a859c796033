from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from telecentres.enums import PointPrecision
from telecentres.models import Extra, OpeningHours, Telecentre
from tests.factories import (
    BookingFactory,
    BookingLineFactory,
    CommuneFactory,
    ExtraFactory,
    OpeningHoursFactory,
    SeasonFactory,
    TelecentreFactory,
)

LIST = reverse("admin:telecentres_telecentre_changelist")
ADD = reverse("admin:telecentres_telecentre_add")


def typed(territory, hours=(), **changes):
    rows = {
        f"opening_hours-{number}-{name}": value
        for number, row in enumerate(hours)
        for name, value in zip(("weekday", "opens_at", "closes_at"), row, strict=True)
    }
    sets = (
        "opening_hours", "seasons", "exceptional_hours", "spaces", "tariffs", "extras",
        "freeallowances",
    )  # fmt: skip
    counts = {f"{name}-{what}_FORMS": 0 for name in sets for what in ("TOTAL", "INITIAL")}
    counts["opening_hours-TOTAL_FORMS"] = len(hours)
    fields = {
        "name": "Le Relais", "slug": "le-relais", "kind": "telecentre", "state": "open",
        "commune": "09122", "point_latitude": "42.97", "point_longitude": "1.61",
        "point_precision": "address", "territory": territory.pk,
    }  # fmt: skip
    return {**rows, **counts, **fields, **changes}


def refusals(response):
    form = response.context["adminform"].form
    return {name: list(texts) for name, texts in form.errors.items()}


def test_point_is_typed_as_two_numbers(territory, officer_client):
    CommuneFactory(foix=True)

    officer_client.post(ADD, typed(territory))

    assert Telecentre.objects.get().point.coords == (1.61, 42.97)


def offered(**changes):
    rows = {
        "extras-0-name": "Café", "extras-0-kind": "catering", "extras-0-price": "3.50",
        "extras-0-per": "person", "extras-0-notice": "24", "extras-0-kinds": ["meeting_room"],
        "extras-0-is_offered": "on", "extras-TOTAL_FORMS": 1,
    }  # fmt: skip
    return rows | {f"extras-0-{name}": value for name, value in changes.items()}


def test_extras_are_written_on_the_page_of_the_place(territory, officer_client):
    CommuneFactory(foix=True)

    officer_client.post(ADD, typed(territory, **offered()))

    extra = Telecentre.objects.get().extras.get()
    assert (extra.name, extra.price, extra.stock) == ("Café", Decimal("3.50"), None)
    assert (extra.kinds, extra.is_offered) == (["meeting_room"], True)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"price": "-1"}, "__all__", "Un prix ne peut pas être négatif."),
        ({"stock": "0"}, "__all__", "De ce qui se prête, il y en a un au moins."),
        ({"notice": "721"}, "__all__", "Un extra se demande un mois avant au plus."),
        ({"kinds": ["cave"]}, "kinds", "cave n’en fait pas partie."),
    ],
)
def test_bad_extra_is_refused(territory, officer_client, changes, field, words):
    CommuneFactory(foix=True)

    page = officer_client.post(ADD, typed(territory, **offered(**changes)))

    [formset] = [one for one in page.context["inline_admin_formsets"] if one.opts.model is Extra]
    [errors] = formset.formset.errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not Telecentre.objects.exists()


def test_extra_that_was_taken_is_not_deleted(territory, officer_client):
    place = TelecentreFactory(territory=territory, commune=CommuneFactory(foix=True))
    extra = ExtraFactory(telecentre=place, name="Café")
    BookingLineFactory(of_extra=True, extra=extra)
    rows = offered(id=extra.pk, telecentre=place.pk, DELETE="on") | {"extras-INITIAL_FORMS": 1}

    address = reverse("admin:telecentres_telecentre_change", args=[place.pk])
    page = officer_client.post(address, typed(territory, **rows))

    assert page.status_code == 200
    assert Extra.objects.get() == extra


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("", ""), ("42.9", ""), ("nan", "1"), ("91", "1"), ("1", "1e9"),
        ("SRID=999999;POINT(1 1)", "1"),
    ],
)  # fmt: skip
def test_point_that_is_nowhere_is_refused(latitude, longitude, territory, officer_client):
    CommuneFactory(foix=True)
    point = {"point_latitude": latitude, "point_longitude": longitude}

    response = officer_client.post(ADD, typed(territory, **point))

    assert list(refusals(response)) == ["point"]
    assert Telecentre.objects.count() == 0


def test_commune_of_elsewhere_is_refused(territory, officer_client):
    CommuneFactory(insee_code="32013", name="Auch", department__code="32", department__name="Gers")

    response = officer_client.post(ADD, typed(territory, commune="32013"))

    assert refusals(response) == {"commune": ["Cette commune n’est pas du territoire."]}


def test_neighbours_place_may_be_outside_the_territory(territory, officer_client):
    CommuneFactory(insee_code="32013", name="Auch", department__code="32", department__name="Gers")

    officer_client.post(ADD, typed(territory, commune="32013", is_neighbour="on"))

    assert Telecentre.objects.get().is_neighbour is True


def test_hours_of_one_day_may_follow_never_overlap(territory, officer_client):
    CommuneFactory(foix=True)
    overlapping = [(1, "09:00", "12:30"), (1, "12:00", "18:00")]

    response = officer_client.post(ADD, typed(territory, overlapping))
    assert "Deux plages du même jour se chevauchent." in response.content.decode()
    assert Telecentre.objects.count() == 0

    officer_client.post(ADD, typed(territory, [(1, "09:00", "12:30"), (1, "12:30", "18:00")]))
    assert OpeningHours.objects.count() == 2


def test_hours_are_those_of_a_season_of_the_place(territory, officer_client):
    place = TelecentreFactory(territory=territory, slug="le-relais", commune__foix=True)
    season, other = SeasonFactory(telecentre=place), SeasonFactory()
    page = reverse("admin:telecentres_telecentre_change", args=[place.pk])
    rows = [(1, "09:00", "12:30"), (1, "10:00", "16:00")]

    refused = officer_client.post(
        page, typed(territory, rows, **{"opening_hours-1-season": other.pk})
    )
    assert refused.status_code == 200
    assert OpeningHours.objects.count() == 0
    officer_client.post(page, typed(territory, rows, **{"opening_hours-1-season": season.pk}))

    hours = OpeningHours.objects.order_by("opens_at")
    assert [row.season for row in hours] == [None, season]


@pytest.fixture
def february():
    with time_machine.travel("2027-02-28T10:00:00Z", tick=False):
        yield


def test_bookings_left_outside_new_hours_stand_and_are_told(february, territory, officer_client):
    place = TelecentreFactory(territory=territory, slug="le-relais", commune__foix=True)
    booking = BookingFactory(space__telecentre=place)
    page = reverse("admin:telecentres_telecentre_change", args=[place.pk])

    kept = officer_client.post(page, typed(territory, [(1, "09:00", "12:30")]), follow=True)
    told = officer_client.post(page, typed(territory, state="closed"), follow=True)
    again = officer_client.post(page, typed(territory, state="closed", name="Autre"), follow=True)

    assert "hors de ces horaires" not in kept.content.decode()
    assert "1 réservation à venir est hors de ces horaires" in told.content.decode()
    assert (
        f'/gestion/telecentres/booking/{booking.pk}/change/">'
        f"{booking.space}, lun 1 mars 2027 09:00–12:00, {booking.holder}</a>"
    ) in told.content.decode()
    assert "hors de ces horaires" not in again.content.decode()
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_filter_shows_open_places_to_complete(territory, officer_client):
    rough = TelecentreFactory(territory=territory, point_precision=PointPrecision.COMMUNE)
    OpeningHoursFactory(telecentre=rough)
    silent = TelecentreFactory(territory=territory)
    TelecentreFactory(territory=territory, state="planned", point_precision="commune")

    def listed(value):
        return list(officer_client.get(LIST, {"a_traiter": value}).context["cl"].result_list)

    assert listed("position") == [rough]
    assert listed("sans-horaires") == [silent]
