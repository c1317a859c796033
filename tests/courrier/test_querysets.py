from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courrier.models import DigestLine, MailTemplate, OutgoingMail
from tests.factories import (
    DigestLineFactory,
    MailTemplateFactory,
    OutgoingMailFactory,
    TerritoryFactory,
    UserFactory,
)

EACH = pytest.mark.parametrize(
    ("model", "factory"),
    [
        (OutgoingMail, OutgoingMailFactory),
        (MailTemplate, MailTemplateFactory),
        (DigestLine, DigestLineFactory),
    ],
    ids=["mail", "template", "line"],
)


@EACH
def test_in_territory_leaves_the_others_out(territory, model, factory):
    here = factory(territory=territory)
    factory(territory=TerritoryFactory())

    assert list(model.objects.in_territory(territory)) == [here]


@EACH
def test_for_user_shows_nothing_to_who_has_no_territory(territory, model, factory):
    factory(territory=territory)

    assert model.objects.for_user(UserFactory(is_staff=True)).count() == 0
    assert model.objects.for_user(AnonymousUser()).count() == 0
    assert model.objects.for_user(UserFactory(officer=True, is_active=False)).count() == 0
    assert model.objects.for_user(UserFactory(officer=True)).count() == 1


def test_for_user_shows_a_superuser_what_has_no_territory(db):
    mail = OutgoingMailFactory(territory=None)

    assert list(OutgoingMail.objects.for_user(UserFactory(officer=True))) == [mail]


@EACH
def test_for_user_asks_the_territories_for_the_right_to_view(
    territory, monkeypatch, model, factory
):
    """What the territories answer is what is seen."""
    from territoires.querysets import TerritoryQuerySet

    asked = []

    def for_user(rows, user, permission):
        asked.append(permission)
        return rows.filter(pk=territory.pk)

    monkeypatch.setattr(TerritoryQuerySet, "for_user", for_user)
    here = factory(territory=territory)
    factory(territory=TerritoryFactory())

    assert list(model.objects.for_user(UserFactory(is_staff=True))) == [here]
    assert asked == [f"courrier.view_{model._meta.model_name}"]


def test_lines_written_before_a_moment(territory):
    now = timezone.now()
    old = DigestLineFactory(territory=territory, created_at=now - timedelta(hours=1))
    DigestLineFactory(territory=territory, created_at=now)

    assert list(DigestLine.objects.written_before(now)) == [old]
