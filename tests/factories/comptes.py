import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from comptes.models import EmailChange, SavedFilter, User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin{n}")
    password = factory.django.Password("une longue phrase de passe")

    class Params:
        officer = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def confirmed(self, create, extracted, **kwargs):
        """An address that was confirmed, unless `confirmed=False`."""
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """`second_factor=True`: an application of codes, whose secret is SECRET."""
        if create and extracted:
            TOTP.activate(self, SECRET)
            assert Authenticator.objects.filter(user=self).count() == 1


class EmailChangeFactory(factory.django.DjangoModelFactory[EmailChange]):
    class Meta:
        model = EmailChange

    user = factory.SubFactory(UserFactory)
    new_email = "nouvelle@exemple.fr"


class SavedFilterFactory(factory.django.DjangoModelFactory[SavedFilter]):
    class Meta:
        model = SavedFilter

    user = factory.SubFactory(UserFactory)
    model = "solos.solo"
    name = factory.Sequence(lambda n: f"Filtre {n}")
    query = "q=foix"
