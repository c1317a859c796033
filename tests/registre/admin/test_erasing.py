import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from registre.models import Erasure, JournalEntry
from solos.models import Solo
from tests.factories import SoloFactory, TerritoryGrantFactory, UserFactory


@pytest.fixture
def solo(territory):
    return SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz")


def page(solo):
    return reverse("admin:solos_solo_erase", args=[solo.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_page_says_what_goes_and_is_a_reading(solo, officer_client):
    solo.user = UserFactory(first_name="Ana", last_name="Compte")
    solo.save()
    JournalEntry.objects.all().delete()

    shown = officer_client.get(page(solo)).content.decode()

    assert "Ana Compte" in shown
    assert list(JournalEntry.objects.values_list("act", "object_key")) == [("read", str(solo.pk))]
    assert Solo.objects.get().first_name == "Ana"


def test_name_typed_again_erases(solo, officer, officer_client):
    response = officer_client.post(page(solo), {"typed_name": " Ana  Ruiz ", "reason": "mistake"})

    assert response["Location"] == reverse("admin:solos_solo_changelist")
    assert str(Solo.objects.get()) == "Personne effacée"
    assert [(each.by, each.reason) for each in Erasure.objects.all()] == [(officer, "mistake")]


@pytest.mark.parametrize(
    "data",
    [
        {}, {"typed_name": "Ana Ruiz"}, {"typed_name": "Ana", "reason": "request"},
        {"typed_name": "Ana Ruiz", "reason": "envie"},
    ],
)  # fmt: skip
def test_badly_filled_erases_nobody(data, solo, officer_client):
    assert officer_client.post(page(solo), data).status_code == 200

    assert Solo.objects.get().first_name == "Ana"
    assert Erasure.objects.count() == 0


def test_team_member_is_not_erased(solo, officer_client):
    solo.user = UserFactory(is_staff=True)
    solo.save()

    response = officer_client.post(page(solo), {"typed_name": "Ana Ruiz", "reason": "request"})

    assert said(response) == [
        "Cette personne entre dans la gestion\u00a0: retirez-lui d’abord cet accès."
    ]
    assert Solo.objects.get().first_name == "Ana"


def test_only_who_may_erase_does(solo, client):
    grant = TerritoryGrantFactory(territory=solo.territory)
    client.force_login(grant.user)
    data = {"typed_name": "Ana Ruiz", "reason": "request"}

    assert client.post(page(solo), data).status_code == 403
    change = client.get(reverse("admin:solos_solo_change", args=[solo.pk])).content.decode()
    assert page(solo) not in change
    assert Solo.objects.get().first_name == "Ana"

    grant.role = "administrator"
    grant.save()
    change = client.get(reverse("admin:solos_solo_change", args=[solo.pk])).content.decode()
    assert page(solo) in change
    assert client.post(page(solo), data).status_code == 302


@pytest.mark.parametrize("key", ["0", "abc", "1/2"])
def test_nobody_is_not_found(key, territory, officer_client):
    assert officer_client.get(f"/gestion/solos/solo/{key}/effacer/").status_code == 404
