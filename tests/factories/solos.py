from datetime import UTC, date, datetime

import factory

from solos.enums import ConsentMeans, PublicField, SoloState
from solos.models import FieldConsent, Sector, Solo, StateChange, Trade
from tests.factories.territoires import CommuneFactory, TerritoryFactory


class SectorFactory(factory.django.DjangoModelFactory[Sector]):
    class Meta:
        model = Sector
        django_get_or_create = ["slug"]

    name = "Numérique"
    name_en = "Digital"
    slug = "numerique"


class TradeFactory(factory.django.DjangoModelFactory[Trade]):
    class Meta:
        model = Trade
        django_get_or_create = ["slug"]

    sector = factory.SubFactory(SectorFactory)
    name = "Développement web"
    name_en = "Web development"
    slug = "developpement-web"


class SoloFactory(factory.django.DjangoModelFactory[Solo]):
    """Identified by default; `published` has agreed to show everything, or `fields=[…]`."""

    class Meta:
        model = Solo
        skip_postgeneration_save = True

    territory = factory.SubFactory(TerritoryFactory)
    slug = factory.Sequence(lambda n: f"solo-{n}")
    first_name = "Claude"
    last_name = factory.Sequence(lambda n: f"Dupont{n:03}")
    trade = factory.SubFactory(TradeFactory)
    commune = factory.SubFactory(CommuneFactory)
    state = SoloState.IDENTIFIED

    class Params:
        published = factory.Trait(
            state=SoloState.PUBLISHED,
            published_fields=list(PublicField),
        )

    @factory.post_generation
    def records(self, create, extracted, **kwargs):
        if not create:
            return
        StateChange.objects.create(solo=self, state=self.state, changed_on=date(2026, 1, 1))
        for field in self.published_fields:
            FieldConsent.objects.create(
                solo=self,
                field=field,
                wording_version="1",
                means=ConsentMeans.FORM,
                given_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
