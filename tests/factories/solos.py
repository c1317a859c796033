from datetime import UTC, date, datetime

import factory
from django.utils import timezone

from registre.enums import ConsentMeans, ConsentUse
from solos.enums import DoubleReason, PublicField, SoloState
from solos.models import (
    ContactMessage,
    CountedSearch,
    DirectorySettings,
    FieldConsent,
    FormerAddress,
    PossibleDouble,
    ProposedEdit,
    SavedSearch,
    Sector,
    Solo,
    StateChange,
    Trade,
    UnreadEdit,
)
from tests.factories.registre import ConsentWordingFactory
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
    """Identified by default; `published` has agreed to show and to open everything.

    With `published_fields=[…]`, these alone; what is shown is open too, unless `open_fields` says.
    """

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
    published_fields: list[str] = []
    open_fields = factory.SelfAttribute("published_fields")
    member_fields: list[str] = []

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
        for use, fields in (
            (ConsentUse.PAGE, self.published_fields),
            (ConsentUse.OPEN_DATA, self.open_fields),
            (ConsentUse.MEMBERS, self.member_fields),
        ):
            for field in fields:
                FieldConsentFactory(solo=self, use=use, field=field)


class ContactMessageFactory(factory.django.DjangoModelFactory[ContactMessage]):
    class Meta:
        model = ContactMessage

    solo = factory.SubFactory(SoloFactory)
    sender_name = "Dominique Sicre"
    sender_email = "dominique@exemple.fr"
    text = "Bonjour, faites-vous des cartes ?"


class SavedSearchFactory(factory.django.DjangoModelFactory[SavedSearch]):
    """Asked for by default; `confirmed` on 1 March 2026, for a year."""

    class Meta:
        model = SavedSearch

    territory = factory.SubFactory(TerritoryFactory)
    email = factory.Sequence(lambda n: f"visiteur-{n}@exemple.fr")
    query = "q=graphiste"

    class Params:
        confirmed = factory.Trait(
            confirmed_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
            new_since=date(2026, 3, 1),
            expires_on=date(2027, 3, 1),
        )


class CountedSearchFactory(factory.django.DjangoModelFactory[CountedSearch]):
    class Meta:
        model = CountedSearch

    territory = factory.SubFactory(TerritoryFactory)
    month = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    words = factory.Sequence(lambda n: f"metier {n}")
    asked = 10
    results = 0


class DirectorySettingsFactory(factory.django.DjangoModelFactory[DirectorySettings]):
    class Meta:
        model = DirectorySettings

    territory = factory.SubFactory(TerritoryFactory)


class PossibleDoubleFactory(factory.django.DjangoModelFactory[PossibleDouble]):
    class Meta:
        model = PossibleDouble

    territory = factory.SubFactory(TerritoryFactory)
    first = factory.SubFactory(SoloFactory, territory=factory.SelfAttribute("..territory"))
    second = factory.SubFactory(SoloFactory, territory=factory.SelfAttribute("..territory"))
    reasons = [DoubleReason.NAME]


class FormerAddressFactory(factory.django.DjangoModelFactory[FormerAddress]):
    class Meta:
        model = FormerAddress

    solo = factory.SubFactory(SoloFactory)
    territory = factory.SelfAttribute("solo.territory")
    slug = factory.Sequence(lambda n: f"ancienne-adresse-{n}")
    merged_key = factory.Sequence(lambda n: 1_000_000 + n)
    merged_since = datetime(2026, 1, 1, tzinfo=UTC)


class ProposedEditFactory(factory.django.DjangoModelFactory[ProposedEdit]):
    class Meta:
        model = ProposedEdit

    solo = factory.SubFactory(SoloFactory, published=True)
    changes = factory.LazyFunction(lambda: {"offers": "Des cartes"})
    proposed_at = datetime(2026, 1, 2, tzinfo=UTC)


class UnreadEditFactory(factory.django.DjangoModelFactory[UnreadEdit]):
    """Everything is to be read: the agency knows of no past version."""

    class Meta:
        model = UnreadEdit

    solo = factory.SubFactory(SoloFactory, published=True)
    fields = factory.LazyFunction(lambda: ["offers"])
    since = datetime(2026, 1, 3, tzinfo=UTC)
    changed_at = datetime(2026, 1, 3, tzinfo=UTC)


class FieldConsentFactory(factory.django.DjangoModelFactory[FieldConsent]):
    class Meta:
        model = FieldConsent

    solo = factory.SubFactory(SoloFactory)
    use = ConsentUse.PAGE
    field = PublicField.NAME
    wording = factory.SubFactory(ConsentWordingFactory, use=factory.SelfAttribute("..use"))
    means = ConsentMeans.FORM
    given_at = datetime(2026, 1, 1, tzinfo=UTC)
