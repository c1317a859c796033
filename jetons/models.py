"""What is handed out to be spent: a link sent to someone, the key of a request, an allowance."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jetons.querysets import AllowanceQuerySet, PersonalLinkQuerySet, RequestKeyQuerySet


class PersonalLink(models.Model):
    """One act that one person may do without signing in, once and until a day.

    The token itself is in the person's mail alone: we keep its digest. `subject` says what the
    link is about in the words of whoever issued it; nobody else reads it.
    """

    digest = models.CharField(_("empreinte"), max_length=64, unique=True, editable=False)
    purpose = models.SlugField(_("usage"), max_length=40)
    subject = models.CharField(_("objet"), max_length=100)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("envoyé par"),
    )
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    used_at = models.DateTimeField(_("employé le"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien personnel")
        verbose_name_plural = _("liens personnels")
        ordering = ["-created_at", "pk"]
        indexes = [models.Index(fields=["purpose", "subject"], name="personal_link_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="personal_link_lasts",
                violation_error_message=_("Un lien vaut au moins un moment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} – {self.subject}"


class RequestKey(models.Model):
    """A request that must be carried out once, however often it is sent, and its first answer."""

    scope = models.CharField(_("demandeur et adresse"), max_length=300)
    key = models.CharField(_("clef"), max_length=100)
    # Of what was sent: the same key with other words is a mistake, not a repetition.
    fingerprint = models.CharField(_("empreinte de la demande"), max_length=64)
    status = models.PositiveSmallIntegerField(_("code de la réponse"), null=True)
    headers = models.JSONField(_("en-têtes de la réponse"), default=dict)
    body = models.BinaryField(_("corps de la réponse"), default=bytes)
    created_at = models.DateTimeField(_("reçue le"), default=timezone.now)

    objects = RequestKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("clef de demande")
        verbose_name_plural = _("clefs de demande")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"],
                name="request_key_once",
                violation_error_message=_("Cette demande a déjà été reçue."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Allowance(models.Model):
    """How much of something a caller has spent since their window of time began.

    In the database, not in a cache: a limit that fails open is no limit. The caller is a digest:
    neither an address nor an e-mail can be read back from it.
    """

    name = models.SlugField(_("quoi"), max_length=40)
    caller = models.CharField(_("qui (empreinte)"), max_length=64)
    started_at = models.DateTimeField(_("depuis le"))
    spent = models.PositiveIntegerField(_("dépensé"))

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "caller"],
                name="allowance_once_per_caller",
                violation_error_message=_("Ce quota existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.spent}"
