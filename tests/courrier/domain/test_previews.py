from datetime import timedelta

import pytest
from django.utils import timezone

from courrier.domain.previews import Case, last_case, preview, send_trial
from courrier.messages import DIGEST
from courrier.models import OutgoingMail
from tests.courrier.examples import CODE
from tests.factories import MailTemplateFactory, OutgoingMailFactory, TerritoryFactory, UserFactory

SAID = {"territoire": "Ariège", "jour": "lundi", "nouvelles": [{"words": "Une", "address": ""}]}


def test_last_case_is_the_examples_until_a_mail_leaves(territory):
    OutgoingMailFactory(territory=TerritoryFactory(), message=DIGEST.key, variables=SAID)
    OutgoingMailFactory(territory=territory, message="autre", variables=SAID)

    assert last_case(DIGEST, territory) == Case(DIGEST.examples, is_real=False)


def test_last_case_is_what_the_last_mail_said(territory):
    hour = timedelta(hours=1)
    for age, day in ((2, "lundi"), (0, "mercredi"), (1, "mardi")):
        OutgoingMailFactory(
            territory=territory, message=DIGEST.key, variables=SAID | {"jour": day},
            created_at=timezone.now() - age * hour,
        )  # fmt: skip

    assert last_case(DIGEST, territory) == Case(SAID | {"jour": "mercredi"}, is_real=True)


@pytest.mark.parametrize("variables", [{}, {"territoire": "Ariège"}, SAID | {"autre": "x"}])
def test_last_case_of_another_release_is_not_used(territory, variables):
    OutgoingMailFactory(territory=territory, message=DIGEST.key, variables=variables)

    assert last_case(DIGEST, territory) == Case(DIGEST.examples, is_real=False)


def test_preview_is_the_mail_as_it_would_leave(territory):
    OutgoingMailFactory(territory=territory, message=DIGEST.key, variables=SAID)
    MailTemplateFactory(territory=territory, subject="Nouvelles de {{ jour }}")

    mail = preview(message=DIGEST, territory=territory, language="fr")

    assert mail.subject == "Nouvelles de lundi"
    assert OutgoingMail.objects.count() == 1


def test_send_trial_writes_to_oneself_on_the_examples(territory):
    OutgoingMailFactory(territory=territory, message=DIGEST.key, variables=SAID)
    MailTemplateFactory(territory=territory, subject_en="{{ territoire }}: {{ jour }}")
    user = UserFactory(email="basile@example.org")

    mail = send_trial(message=DIGEST, territory=territory, language="en", user=user)

    assert (mail.recipient, mail.language) == ("basile@example.org", "en")
    assert mail.subject == "Ariège: mardi 4 mars"
    assert last_case(DIGEST, territory) == Case(SAID, is_real=True)


def test_send_trial_of_a_secret_message_shows_its_example(territory):
    mail = send_trial(message=CODE, territory=territory, language="fr", user=UserFactory())

    assert "123456" in mail.text_body
