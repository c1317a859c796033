import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from telecentres.models import Space
from tests.factories import SpaceFactory


@pytest.mark.parametrize("minutes", [0, 4, 241])
def test_space_that_waits_too_little_or_too_long_is_refused(db, minutes):
    space = SpaceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.filter(pk=space.pk).update(release_after=minutes)
    space.release_after = minutes
    with pytest.raises(ValidationError) as refused:
        space.full_clean()
    assert list(refused.value.message_dict) == ["release_after"]


@pytest.mark.parametrize("minutes", [None, 5, 240])
def test_space_waits_a_while_or_for_ever(db, minutes):
    SpaceFactory(release_after=minutes).full_clean()


def test_each_space_has_a_secret_of_its_own(db):
    spaces = SpaceFactory.create_batch(3)

    secrets = {space.arrival_secret for space in spaces}
    assert [len(secrets), *map(len, secrets)] == [3, 36, 36, 36]
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.update(arrival_secret="le-meme")
