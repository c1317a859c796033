"""The outbox: a mail is a row written in the transaction of its act, then delivered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courrier.enums import MailLanguage, MailState
from courrier.querysets import DigestLineQuerySet, MailTemplateQuerySet, OutgoingMailQuerySet


class OutgoingMail(models.Model):
    # Chosen once, so that a mail tried twice is the same mail for whoever receives it.
    message_id = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.EmailField(_("destinataire"))
    sender = models.CharField(_("expéditeur"), max_length=320)
    reply_to = models.EmailField(_("répondre à"), blank=True)
    subject = models.CharField(_("objet"), max_length=255)
    text_body = models.TextField(_("texte"))
    html_body = models.TextField(_("version HTML"), blank=True)
    # One iCalendar object, that goes with the mail: calendars tell by its UID what it replaces.
    calendar = models.TextField(_("entrée d’agenda"), blank=True)
    language = models.CharField(
        _("langue"), max_length=2, choices=MailLanguage, default=MailLanguage.FRENCH
    )
    territory = models.ForeignKey(
        "territoires.Territory",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("territoire"),
    )
    message = models.CharField(_("message"), max_length=80, blank=True)
    # What it said of its case, for the next preview of the message; never of a secret one.
    variables = models.JSONField(_("variables"), default=dict, blank=True)
    is_secret = models.BooleanField(
        _("confidentiel"),
        default=False,
        help_text=_("Il porte un code ou un lien personnel, que seul son destinataire doit lire."),
    )
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
            ),
            models.Index(
                fields=["territory", "message", "-created_at"], name="outgoing_mail_of_message"
            ),
            models.Index(Upper("recipient"), name="outgoing_mail_recipient"),
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
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(variables={}),
                name="outgoing_mail_secret_not_kept",
                violation_error_message=_("Ce que dit un e-mail confidentiel ne se garde pas."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class MailTemplate(models.Model):
    """How one territory words one message. What is left empty keeps the words we ship."""

    territory = models.ForeignKey(
        "territoires.Territory",
        on_delete=models.CASCADE,
        related_name="mail_templates",
        verbose_name=_("territoire"),
    )
    message = models.CharField(_("message"), max_length=80)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"), blank=True)
    subject_en = models.CharField(_("objet en anglais"), max_length=200, blank=True)
    body_en = models.TextField(_("texte en anglais"), blank=True)

    objects = MailTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("texte d’e-mail")
        verbose_name_plural = _("textes des e-mails")
        ordering = ["territory", "message"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "message"],
                name="mail_template_once",
                violation_error_message=_("Ce territoire a déjà son texte pour ce message."),
            ),
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[\r\n]") & ~Q(subject_en__regex=r"[\r\n]"),
                name="mail_template_subject_one_line",
                violation_error_message=_("L’objet tient sur une seule ligne."),
            ),
        ]

    def __str__(self) -> str:
        return self.message


class DigestLine(models.Model):
    """Something that happened, to be told to one person in their next mail of the day.

    It goes once that mail is written: the outbox keeps what was told.
    """

    recipient = models.EmailField(_("destinataire"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compte"),
    )
    language = models.CharField(
        _("langue"), max_length=2, choices=MailLanguage, default=MailLanguage.FRENCH
    )
    territory = models.ForeignKey(
        "territoires.Territory",
        on_delete=models.CASCADE,
        related_name="digest_lines",
        verbose_name=_("territoire"),
    )
    words = models.CharField(_("ce qui s’est passé"), max_length=300)
    address = models.CharField(
        _("adresse"),
        max_length=500,
        blank=True,
        help_text=_("La page où l’on en sait plus, sur le site du territoire ou ailleurs."),
    )
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)

    objects = DigestLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne du résumé quotidien")
        verbose_name_plural = _("lignes du résumé quotidien")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.words
