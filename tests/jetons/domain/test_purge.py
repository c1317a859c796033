from datetime import timedelta

from django.utils import timezone

from jetons.domain.purge import forget_outlived
from jetons.models import Allowance, PersonalLink, RequestKey
from jetons.tasks import forget_outlived as task
from tests.factories import AllowanceFactory, PersonalLinkFactory, RequestKeyFactory


def test_forget_outlived_keeps_what_may_still_be_asked_for(db):
    now = timezone.now()
    long_ago, lately = now - timedelta(days=31), now - timedelta(days=29)
    PersonalLinkFactory(created_at=now - timedelta(days=99), expires_at=long_ago)
    PersonalLinkFactory(used_at=long_ago)
    PersonalLinkFactory(revoked_at=long_ago)
    kept = {PersonalLinkFactory(), PersonalLinkFactory(used_at=lately)}
    RequestKeyFactory(created_at=now - timedelta(hours=25))
    young_key = RequestKeyFactory(created_at=now - timedelta(hours=23))
    AllowanceFactory(started_at=now - timedelta(hours=25))
    young = AllowanceFactory(started_at=now - timedelta(hours=23))

    assert forget_outlived() == 5

    assert set(PersonalLink.objects.all()) == kept
    assert list(RequestKey.objects.all()) == [young_key]
    assert list(Allowance.objects.all()) == [young]
    assert task() == 0
