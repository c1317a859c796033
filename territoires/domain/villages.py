"""A commune commits itself to welcome newcomers."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from territoires.domain.addresses import free_slug
from territoires.domain.errors import CommuneEnded, OutsideTerritory
from territoires.enums import ReferentRole, VillageKind
from territoires.models import Commune, HostVillage, Territory, VillageReferent


def commit_village(
    *,
    territory: Territory,
    commune: Commune,
    kind: VillageKind,
    committed_on: date,
    **details: object,
) -> HostVillage:
    """Write down the commitment that the commune signed.

    Raises CommuneEnded, OutsideTerritory; ValidationError when it is a village already.
    """
    if commune.ended_on:
        raise CommuneEnded
    if not Commune.objects.within(territory).filter(pk=commune.pk).exists():
        raise OutsideTerritory
    with transaction.atomic():
        village = HostVillage(
            territory=territory,
            commune=commune,
            slug=free_slug(
                slugify(commune.name)[:100], HostVillage.objects.in_territory(territory)
            ),
            kind=kind,
            committed_on=committed_on,
            **details,
        )
        village.full_clean()
        village.save()
    return village


def name_referent(
    *, village: HostVillage, name: str, role: ReferentRole, **contact: object
) -> VillageReferent:
    """Who answers newcomers for the village; never shown to the public."""
    referent = VillageReferent(village=village, name=name, role=role, **contact)
    referent.full_clean()
    referent.save()
    return referent
