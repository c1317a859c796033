from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from comptes.models import User
from telecentres.models import Pack
from tests.factories import (
    BookingFactory,
    BookingLineFactory,
    PackFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    UserFactory,
)

ADD = reverse("admin:telecentres_pack_add")


@pytest.fixture
def place(territory):
    return TelecentreFactory(territory=territory, name="Cap Delta")


@pytest.fixture
def manager_client(place) -> Client:
    client = Client()
    client.force_login(TelecentreGrantFactory(telecentre=place, user__second_factor=True).user)
    return client


def typed(place, **changes):
    return {
        "email": "camille@exemple.fr", "telecentre": place.pk, "kind": "desk", "half_days": "10",
        "price": "50", "sold_on": "2027-01-05", "expires_on": "", **changes,
    }  # fmt: skip


def test_manager_sells_a_pack_to_someone_who_has_an_account(place, manager_client):
    camille = UserFactory(email="Camille@Exemple.fr")

    assert manager_client.post(ADD, typed(place)).status_code == 302

    pack = Pack.objects.get()
    assert (pack.holder, pack.half_days, pack.price) == (camille, 10, Decimal(50))


def test_account_opens_for_whoever_has_none(place, manager_client):
    manager_client.post(ADD, typed(place, price="0"))

    holder = Pack.objects.get().holder
    assert holder.email == "camille@exemple.fr"
    assert not holder.has_usable_password()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"half_days": "-3"}, "half_days"),
        ({"half_days": "0"}, "__all__"),
        ({"price": "-1"}, "__all__"),
        ({"email": "pas une adresse"}, "email"),
        ({"expires_on": "2027-01-04"}, "__all__"),
    ],
)
def test_bad_pack_is_refused_and_opens_no_account(place, manager_client, changes, field):
    before = User.objects.count()

    response = manager_client.post(ADD, typed(place, **changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert (Pack.objects.count(), User.objects.count()) == (0, before)


def test_manager_sells_for_no_other_place(territory, manager_client):
    other = TelecentreFactory(territory=territory)

    response = manager_client.post(ADD, typed(other))

    assert list(response.context["adminform"].form.errors) == ["telecentre"]
    assert not Pack.objects.exists()


def test_pack_once_sold_only_lasts_longer(place, manager_client):
    pack = PackFactory(telecentre=place, half_days=10)
    page = reverse("admin:telecentres_pack_change", args=[pack.pk])

    manager_client.post(
        page, typed(place, half_days="99", email="autre@exemple.fr", expires_on="2027-12-31")
    )

    kept = Pack.objects.get()
    assert (kept.half_days, kept.holder) == (10, pack.holder)
    assert kept.expires_on == date(2027, 12, 31)


def test_pack_of_an_account_that_is_gone_still_opens(place, manager_client):
    pack = PackFactory(telecentre=place, holder=None)
    page = reverse("admin:telecentres_pack_change", args=[pack.pk])

    assert manager_client.get(page).status_code == 200


def test_list_says_what_is_left(place, manager_client):
    pack = PackFactory(telecentre=place, half_days=10)
    for state in ("confirmed", "cancelled"):
        booking = BookingFactory(state=state)
        BookingLineFactory(booking=booking, kind="pack", quantity=3, unit_price=0, pack=pack)

    page = manager_client.get(reverse("admin:telecentres_pack_changelist")).content.decode()

    assert '<td class="field-left">7</td>' in page
