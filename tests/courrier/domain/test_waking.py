"""The act is kept whether or not the worker can be told."""

import pytest
from django.db import transaction

from config import broker
from config.broker import Bell
from courrier.domain.outbox import queue_mail
from courrier.models import OutgoingMail


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction around a test: what happens at the commit is what is tried."""


@pytest.mark.django_db
def test_act_is_kept_when_the_broker_is_away(committed, use_broker, nobody, monkeypatch):
    use_broker(nobody)
    monkeypatch.setattr(broker, "bell", Bell())

    with transaction.atomic():
        queue_mail(recipient="ana@example.org", subject="Objet", text_body="Texte")

    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_mail_leaves_at_the_commit_of_its_act(committed, mailoutbox):
    """Tasks run on the spot in tests: the worker that was told is this very thread."""
    with transaction.atomic():
        queue_mail(recipient="ana@example.org", subject="Objet", text_body="Texte")
        assert mailoutbox == []

    assert [sent.to for sent in mailoutbox] == [["ana@example.org"]]
