from telecentres.domain.grants import grant_telecentre
from telecentres.models import Telecentre
from tests.factories import TelecentreFactory, UserFactory


def test_grant_telecentre_opens_that_one(territory, officer):
    mine, _other = TelecentreFactory.create_batch(2, territory=territory)
    user = UserFactory()

    grant = grant_telecentre(user=user, telecentre=mine, author=officer)

    assert grant.author == officer
    assert list(Telecentre.objects.for_user(user)) == [mine]
