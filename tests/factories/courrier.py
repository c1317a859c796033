import factory

from courrier.models import OutgoingMail


class OutgoingMailFactory(factory.django.DjangoModelFactory[OutgoingMail]):
    class Meta:
        model = OutgoingMail

    recipient = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    sender = "Solos <agence@exemple.fr>"
    subject = "Bienvenue"
    text_body = "Bonjour."
