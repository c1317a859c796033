"""The officer's morning mail: what moved yesterday, told by the outbox's own acts."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.urls import reverse

from accueil.models import Event
from courrier.domain.digest import latest_hour, notify, send_digests
from courrier.models import DigestLine
from portail.demo.accounts import OFFICER
from solos.enums import SoloState
from solos.models import Solo
from territoires.models import Territory


def send_morning_mail(territory: Territory) -> None:
    for words, row in _news(territory):
        label = row._meta  # noqa: SLF001  (Django's documented API)
        page = f"admin:{label.app_label}_{label.model_name}_change"
        notify(
            recipient=OFFICER.email,
            language="fr",
            territory=territory,
            words=words,
            address=reverse(page, args=[row.pk]),
        )
    # They are told of yesterday, so that the mail is there to be read at once.
    DigestLine.objects.in_territory(territory).update(
        created_at=latest_hour() - timedelta(hours=12)
    )
    send_digests()


def _news(territory: Territory) -> Iterator[tuple[str, Model]]:
    for event in Event.objects.in_territory(territory).upcoming()[:1]:
        yield f"Le prochain rendez-vous approche : {event.title}", event
    identified = Solo.objects.in_territory(territory).filter(state=SoloState.IDENTIFIED)
    for solo in identified.order_by("-pk")[:2]:
        yield f"{solo} est recensé et attend votre invitation dans l’annuaire", solo
