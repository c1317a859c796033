from courrier.models import DigestLine, OutgoingMail
from portail.demo.accounts import OFFICER


def test_morning_mail_waits_for_the_officer(demo_today):
    mail = OutgoingMail.objects.get(message="courrier.digest")

    assert (mail.recipient, mail.territory) == (OFFICER.email, demo_today.territory)
    assert mail.text_body.count("\n- ") >= 3
    assert mail.text_body.count("/change/>") >= 3
    assert DigestLine.objects.count() == 0
