from datetime import date

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone

from territoires.enums import (
    FormerCommuneKind,
    ImportOutcome,
    OrganisationKind,
    ReferentRole,
    TerritoryRole,
    VillageKind,
)
from territoires.models import (
    Commune,
    CommuneContour,
    Department,
    Epci,
    FormerCommune,
    HostVillage,
    ImportRun,
    Organisation,
    Programme,
    ProgrammeGrant,
    Territory,
    TerritoryGrant,
    VillageGrant,
    VillageReferent,
)
from tests.factories.comptes import UserFactory


def square(longitude: float, latitude: float, side: float = 0.02) -> MultiPolygon:
    """A square contour around a point, in degrees: enough for a map of tests."""
    half = side / 2
    box = (longitude - half, latitude - half, longitude + half, latitude + half)
    return MultiPolygon(Polygon.from_bbox(box), srid=4326)


class DepartmentFactory(factory.django.DjangoModelFactory[Department]):
    class Meta:
        model = Department
        django_get_or_create = ["code"]

    code = "09"
    name = "Ariège"
    region_code = "76"


class EpciFactory(factory.django.DjangoModelFactory[Epci]):
    class Meta:
        model = Epci
        django_get_or_create = ["siren"]

    siren = "200067791"
    name = "CA Pays Foix-Varilhes"


class CommuneFactory(factory.django.DjangoModelFactory[Commune]):
    """Communes of Ariège in a row along a parallel, 0.02° apart; no real one has such a code."""

    class Meta:
        model = Commune
        django_get_or_create = ["insee_code"]

    insee_code = factory.Sequence(lambda n: f"09{n % 390 + 410}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    sort_name = factory.SelfAttribute("name")
    department = factory.SubFactory(DepartmentFactory)
    epci = factory.SubFactory(EpciFactory)
    postcodes = ["09000"]
    population = 500
    population_year = 2023
    area_ha = 1000
    centre = factory.Sequence(lambda n: Point(1.2 + n % 50 * 0.02, 42.9, srid=4326))
    source = "liste d’essai"
    vintage = 2026

    class Params:
        foix = factory.Trait(
            insee_code="09122",
            name="Foix",
            sort_name="Foix",
            population=9493,
            centre=Point(1.6053, 42.9658, srid=4326),
        )


class CommuneContourFactory(factory.django.DjangoModelFactory[CommuneContour]):
    class Meta:
        model = CommuneContour

    commune = factory.SubFactory(CommuneFactory)
    outline = factory.LazyAttribute(lambda row: square(*row.commune.centre.coords))
    simplified = factory.LazyAttribute(lambda row: row.outline)


class FormerCommuneFactory(factory.django.DjangoModelFactory[FormerCommune]):
    class Meta:
        model = FormerCommune

    insee_code = "09334"
    name = "Vicdessos"
    kind = FormerCommuneKind.DELEGATED
    successor = factory.SubFactory(
        CommuneFactory, insee_code="09335", name="Val-de-Sos", sort_name="Val-de-Sos"
    )


class TerritoryFactory(factory.django.DjangoModelFactory[Territory]):
    class Meta:
        model = Territory
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Territoire {n}")
    slug = factory.Sequence(lambda n: f"territoire-{n}")
    in_name = factory.LazyAttribute(lambda row: f"dans le {row.name}")
    host_name = factory.LazyAttribute(lambda row: f"{row.slug}.localhost")
    agency_name = "Agence d’essai"

    class Params:
        ariege = factory.Trait(name="Ariège", slug="ariege", in_name="en Ariège", is_default=True)

    @factory.post_generation
    def departments(self, create, extracted, **kwargs):
        if create:
            codes = extracted if extracted is not None else ["09"] if self.slug == "ariege" else []
            self.departments.set(Department.objects.filter(code__in=codes))


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Organisme {n}")
    kind = OrganisationKind.AGENCY


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Programme {n}")
    slug = factory.Sequence(lambda n: f"programme-{n}")
    starts_on = date(2026, 1, 1)

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        if create and extracted:
            self.territories.set(extracted)


class HostVillageFactory(factory.django.DjangoModelFactory[HostVillage]):
    class Meta:
        model = HostVillage

    territory = factory.SubFactory(TerritoryFactory)
    commune = factory.SubFactory(CommuneFactory)
    slug = factory.LazyAttribute(lambda row: f"village-{row.commune.insee_code}")
    kind = VillageKind.HOST
    committed_on = date(2025, 1, 1)


class VillageReferentFactory(factory.django.DjangoModelFactory[VillageReferent]):
    class Meta:
        model = VillageReferent

    village = factory.SubFactory(HostVillageFactory)
    name = "Dominique Durand"
    role = ReferentRole.MAYOR


class ImportRunFactory(factory.django.DjangoModelFactory[ImportRun]):
    class Meta:
        model = ImportRun

    importer = "communes"
    file_name = factory.Sequence(lambda n: f"communes-{n}.json")
    outcome = ImportOutcome.DONE
    started_at = factory.LazyFunction(timezone.now)
    finished_at = factory.SelfAttribute("started_at")


class TerritoryGrantFactory(factory.django.DjangoModelFactory[TerritoryGrant]):
    """An officer of the territory, today and tomorrow."""

    class Meta:
        model = TerritoryGrant

    user = factory.SubFactory(UserFactory, is_staff=True)
    territory = factory.SubFactory(TerritoryFactory)
    role = TerritoryRole.OFFICER
    starts_on = date(2020, 1, 1)


class ProgrammeGrantFactory(factory.django.DjangoModelFactory[ProgrammeGrant]):
    class Meta:
        model = ProgrammeGrant

    user = factory.SubFactory(UserFactory, is_staff=True)
    programme = factory.SubFactory(ProgrammeFactory)
    starts_on = date(2020, 1, 1)


class VillageGrantFactory(factory.django.DjangoModelFactory[VillageGrant]):
    class Meta:
        model = VillageGrant

    user = factory.SubFactory(UserFactory, is_staff=True)
    village = factory.SubFactory(HostVillageFactory)
    starts_on = date(2020, 1, 1)
