from datetime import timedelta

from django.utils import timezone

from courrier.enums import MailState
from courrier.models import OutgoingMail
from courrier.tasks import deliver_outbox, send_digests
from tests.factories import DigestLineFactory, OutgoingMailFactory


def test_deliver_outbox_again_sends_nothing_twice(db):
    mail = OutgoingMailFactory()

    assert [deliver_outbox.delay().get(), deliver_outbox.delay().get()] == [1, 0]

    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_send_digests_again_writes_nothing_twice(territory):
    DigestLineFactory(territory=territory, created_at=timezone.now() - timedelta(days=2))

    assert [send_digests.delay().get(), send_digests.delay().get()] == [1, 0]
    assert OutgoingMail.objects.count() == 1


def test_schedule_sweeps_the_outbox_and_sends_digests_from_seven(settings):
    sweep = settings.CELERY_BEAT_SCHEDULE["deliver the outbox"]
    digests = settings.CELERY_BEAT_SCHEDULE["send the digests"]

    assert (sweep["task"], sweep["schedule"]) == (deliver_outbox.name, timedelta(seconds=30))
    assert digests["task"] == send_digests.name
    assert (min(digests["schedule"].hour), max(digests["schedule"].hour)) == (7, 23)
    assert settings.CELERY_TIMEZONE == "Europe/Paris"
