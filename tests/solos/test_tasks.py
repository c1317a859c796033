from datetime import date, timedelta

from django.utils import timezone

from solos.models import ContactMessage
from solos.tasks import chase_silent, forget_messages
from tests.factories import ContactMessageFactory, SoloFactory


def test_forget_messages(db):
    ContactMessageFactory()
    ContactMessage.objects.update(sent_at=timezone.now() - timedelta(days=400))

    assert (forget_messages(), forget_messages()) == (1, 0)


def test_chase_silent(territory):
    SoloFactory(
        territory=territory, email="a@exemple.fr", published=True, verified_on=date(2020, 1, 1)
    )

    assert (chase_silent(), chase_silent()) == (1, 0)
