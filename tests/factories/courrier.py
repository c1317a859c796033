import factory

from courrier.models import DigestLine, MailTemplate, OutgoingMail
from tests.factories.territoires import TerritoryFactory


class OutgoingMailFactory(factory.django.DjangoModelFactory[OutgoingMail]):
    class Meta:
        model = OutgoingMail

    recipient = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    sender = "Solos <agence@exemple.fr>"
    subject = "Bienvenue"
    text_body = "Bonjour."


class MailTemplateFactory(factory.django.DjangoModelFactory[MailTemplate]):
    class Meta:
        model = MailTemplate

    territory = factory.SubFactory(TerritoryFactory)
    message = "courrier.digest"


class DigestLineFactory(factory.django.DjangoModelFactory[DigestLine]):
    class Meta:
        model = DigestLine

    recipient = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    territory = factory.SubFactory(TerritoryFactory)
    words = factory.Sequence(lambda n: f"Nouvelle {n}")
