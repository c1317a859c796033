from datetime import date, timedelta

from django.utils import timezone

from solos.models import ContactMessage, PossibleDouble, SavedSearch, StateChange
from solos.tasks import (
    chase_silent,
    forget_alerts,
    forget_messages,
    forget_searches,
    look_for_doubles,
    send_alerts,
)
from tests.factories import (
    ContactMessageFactory,
    CountedSearchFactory,
    SavedSearchFactory,
    SoloFactory,
)


def test_forget_messages(db):
    ContactMessageFactory()
    ContactMessage.objects.update(sent_at=timezone.now() - timedelta(days=400))

    assert (forget_messages(), forget_messages()) == (1, 0)


def test_chase_silent(territory):
    SoloFactory(
        territory=territory, email="a@exemple.fr", published=True, verified_on=date(2020, 1, 1)
    )

    assert (chase_silent(), chase_silent()) == (1, 0)


def test_send_alerts(territory):
    search = SavedSearchFactory(territory=territory, query="", confirmed=True)
    SavedSearch.objects.update(expires_on=date(2999, 1, 1))
    SoloFactory(territory=territory, published=True)
    StateChange.objects.update(changed_on=search.new_since)

    assert (send_alerts(), send_alerts()) == (1, 0)


def test_forget_alerts(db):
    SavedSearchFactory(stopped_at=timezone.now() - timedelta(days=31))

    assert (forget_alerts(), forget_alerts()) == (1, 0)


def test_forget_searches(db):
    CountedSearchFactory(month=date(2020, 1, 1))

    assert (forget_searches(), forget_searches()) == (1, 0)


def test_look_for_doubles(territory):
    for _ in range(2):
        SoloFactory(territory=territory, email="a@exemple.fr")

    assert (look_for_doubles(), look_for_doubles()) == (2, 2)

    assert PossibleDouble.objects.count() == 1
