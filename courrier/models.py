"""The outbox: a mail is a row written in the transaction of its act, then delivered."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courrier.enums import MailState
from courrier.querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    # Chosen once, so that a mail tried twice is the same mail for whoever receives it.
    message_id = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.EmailField(_("destinataire"))
    sender = models.CharField(_("expéditeur"), max_length=320)
    reply_to = models.EmailField(_("répondre à"), blank=True)
    subject = models.CharField(_("objet"), max_length=255)
    text_body = models.TextField(_("texte"))
    html_body = models.TextField(_("version HTML"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=MailState, default=MailState.QUEUED)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    last_error = models.TextField(_("dernière erreur"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="outgoing_mail_due",
                condition=Q(state=MailState.QUEUED),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | ~Q(sent_at=None),
                name="outgoing_mail_sent_has_date",
                violation_error_message=_("Un e-mail envoyé porte sa date d’envoi."),
            ),
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[\r\n]"),
                name="outgoing_mail_subject_one_line",
                violation_error_message=_("L’objet tient sur une seule ligne."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
