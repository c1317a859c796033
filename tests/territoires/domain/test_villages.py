from datetime import date

import pytest
from django.core.exceptions import ValidationError

from territoires.domain.errors import CommuneEnded, OutsideTerritory
from territoires.domain.villages import commit_village, name_referent
from territoires.enums import ReferentRole, VillageKind
from territoires.models import Department, HostVillage, VillageReferent
from tests.factories.territoires import CommuneFactory, HostVillageFactory

COMMITMENT = {"kind": VillageKind.HOST, "committed_on": date(2026, 1, 5)}


def test_commit_village_names_it_after_its_commune(territory):
    commune = CommuneFactory(name="Val-de-Sos")

    village = commit_village(
        territory=territory, commune=commune, **COMMITMENT, welcome="Entrez, c’est ouvert."
    )

    assert (village.slug, village.welcome) == ("val-de-sos", "Entrez, c’est ouvert.")
    assert list(HostVillage.objects.published()) == [village]


def test_commit_village_of_same_name_takes_another_address(territory):
    slugs = [
        commit_village(territory=territory, commune=commune, **COMMITMENT).slug
        for commune in CommuneFactory.create_batch(2, name="Sainte-Croix")
    ]

    assert slugs == ["sainte-croix", "sainte-croix-2"]


def test_commit_village_twice_changes_nothing(territory):
    commune = CommuneFactory()
    commit_village(territory=territory, commune=commune, **COMMITMENT)

    with pytest.raises(ValidationError):
        commit_village(territory=territory, commune=commune, **COMMITMENT)

    assert HostVillage.objects.count() == 1


def test_commit_village_outside_territory_is_refused(territory):
    elsewhere = CommuneFactory(
        insee_code="32013", department=Department.objects.get(pk="32"), epci=None
    )

    with pytest.raises(OutsideTerritory):
        commit_village(territory=territory, commune=elsewhere, **COMMITMENT)

    assert HostVillage.objects.count() == 0


def test_commit_village_of_ended_commune_is_refused(territory):
    with pytest.raises(CommuneEnded):
        commit_village(
            territory=territory, commune=CommuneFactory(ended_on=date(2019, 1, 1)), **COMMITMENT
        )

    assert HostVillage.objects.count() == 0


def test_name_referent_with_bad_address_changes_nothing(territory):
    village = HostVillageFactory(territory=territory)
    referent = name_referent(village=village, name="Ana Ruiz", role=ReferentRole.INHABITANT)

    with pytest.raises(ValidationError):
        name_referent(village=village, name="Bo", role=ReferentRole.MAYOR, email="bo")

    assert list(VillageReferent.objects.all()) == [referent]
