from datetime import timedelta

import factory
from django.utils import timezone

from jetons.models import Allowance, PersonalLink, RequestKey


class PersonalLinkFactory(factory.django.DjangoModelFactory[PersonalLink]):
    class Meta:
        model = PersonalLink

    digest = factory.Sequence(lambda n: f"{n:064}")
    purpose = "essai"
    subject = "user:1"
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda link: link.created_at + timedelta(days=7))


class RequestKeyFactory(factory.django.DjangoModelFactory[RequestKey]):
    class Meta:
        model = RequestKey

    scope = "1 POST testserver /essai/"
    key = factory.Sequence(lambda n: f"clef-de-demande-{n}")
    fingerprint = "0" * 64


class AllowanceFactory(factory.django.DjangoModelFactory[Allowance]):
    class Meta:
        model = Allowance

    name = "essai"
    caller = factory.Sequence(lambda n: f"{n:064}")
    started_at = factory.LazyFunction(timezone.now)
    spent = 1
