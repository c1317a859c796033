from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from territoires.models import HostVillage
from tests.factories import CommuneFactory, HostVillageFactory, VillageReferentFactory

LIST = reverse("admin:territoires_hostvillage_changelist")
ADD = reverse("admin:territoires_hostvillage_add")


def typed(territory, **changes):
    return {
        "commune": "09122", "kind": "host", "territory": territory.pk,
        "committed_on": "2026-01-01", "referents-TOTAL_FORMS": 0, "referents-INITIAL_FORMS": 0,
        **changes,
    }  # fmt: skip


def test_address_is_drawn_from_the_commune(territory, officer_client):
    CommuneFactory(foix=True)

    officer_client.post(ADD, typed(territory))

    assert HostVillage.objects.get().slug == "foix"


def test_village_outside_its_territory_is_refused(territory, officer_client):
    CommuneFactory(insee_code="32013", name="Auch", department__code="32", department__name="Gers")

    response = officer_client.post(ADD, typed(territory, commune="32013"))

    assert response.context["adminform"].form.errors == {
        "commune": ["Cette commune n’est pas du territoire."]
    }
    assert HostVillage.objects.count() == 0


def test_commune_that_ended_is_refused(territory, officer_client):
    CommuneFactory(foix=True, ended_on=timezone.localdate())

    response = officer_client.post(ADD, typed(territory))

    assert response.context["adminform"].form.errors == {
        "commune": ["Cette commune n’existe plus : choisissez celle qui lui succède."]
    }


def test_filter_shows_commitments_to_renew_and_villages_without_referent(territory, officer_client):
    today = timezone.localdate()
    ending = VillageReferentFactory(
        village__territory=territory, village__commitment_ends_on=today + timedelta(days=60)
    ).village
    VillageReferentFactory(
        village__territory=territory, village__commitment_ends_on=today + timedelta(days=61)
    )
    alone = HostVillageFactory(territory=territory)
    HostVillageFactory(territory=territory, commitment_ends_on=today - timedelta(days=1))

    def listed(value):
        return list(officer_client.get(LIST, {"a_traiter": value}).context["cl"].result_list)

    assert listed("fin-proche") == [ending]
    assert listed("sans-referent") == [alone]
