from datetime import date

import factory

from registre.enums import ConsentUse, ErasureReason, JournalAct
from registre.models import ConsentWording, Erasure, JournalEntry
from tests.factories.comptes import UserFactory


class JournalEntryFactory(factory.django.DjangoModelFactory[JournalEntry]):
    class Meta:
        model = JournalEntry

    user = factory.SubFactory(UserFactory)
    act = JournalAct.READ
    model = "solos.Solo"
    object_key = factory.Sequence(str)
    path = "/gestion/solos/solo/"


class ConsentWordingFactory(factory.django.DjangoModelFactory[ConsentWording]):
    """The agency's own words, that a migration wrote."""

    class Meta:
        model = ConsentWording
        django_get_or_create = ["version", "use"]

    version = "agence-1"
    use = ConsentUse.PAGE
    text = "J’accepte."
    text_en = "I agree."
    since = date(2026, 1, 1)


class ErasureFactory(factory.django.DjangoModelFactory[Erasure]):
    class Meta:
        model = Erasure

    reason = ErasureReason.REQUEST
    by = factory.SubFactory(UserFactory)
    keys = ["0" * 64]
    counts = {"solos.Solo": 1, "courrier.OutgoingMail": 2}
