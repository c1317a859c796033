from courrier.enums import MailState
from courrier.tasks import deliver_outbox
from tests.factories.courrier import OutgoingMailFactory


def test_deliver_outbox_again_sends_nothing_twice(db):
    mail = OutgoingMailFactory()

    assert [deliver_outbox.delay().get(), deliver_outbox.delay().get()] == [1, 0]

    mail.refresh_from_db()
    assert mail.state == MailState.SENT
