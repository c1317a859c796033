from courrier.models import DigestLine, MailTemplate, OutgoingMail


def test_rows_are_named_after_what_they_say():
    assert str(OutgoingMail(subject="Bienvenue")) == "Bienvenue"
    assert str(MailTemplate(message="courrier.digest")) == "courrier.digest"
    assert str(DigestLine(words="Une inscription")) == "Une inscription"
