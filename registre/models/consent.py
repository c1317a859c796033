"""What people agreed to, in which words, until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registre.enums import ConsentMeans, ConsentUse


class ConsentWording(models.Model):
    """The words that people agreed to. Written once: a consent must always prove its words."""

    version = models.CharField(_("version"), max_length=20)
    use = models.CharField(_("usage"), max_length=12, choices=ConsentUse)
    text = models.TextField(_("texte"))
    text_en = models.TextField(_("texte en anglais"), blank=True)
    since = models.DateField(_("employé depuis le"))

    class Meta:
        verbose_name = _("texte de consentement")
        verbose_name_plural = _("textes de consentement")
        ordering = ["use", "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "use"],
                name="wording_version_once_per_use",
                violation_error_message=_("Cette version existe déjà : donnez-lui un autre nom."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} – {self.get_use_display()}"


class Consent(models.Model):
    """The proof that someone agreed to one use. Who it is, each app says by a key of its own."""

    use = models.CharField(_("usage"), max_length=12, choices=ConsentUse, default=ConsentUse.PAGE)
    field = models.CharField(_("champ"), max_length=20, blank=True)
    recipient = models.ForeignKey(
        "territoires.Organisation",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme destinataire"),
    )
    wording = models.ForeignKey(
        ConsentWording, models.PROTECT, related_name="+", verbose_name=_("texte accepté")
    )
    means = models.CharField(_("recueilli par"), max_length=10, choices=ConsentMeans)
    given_at = models.DateTimeField(_("donné le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("consigné par"),
    )
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="%(app_label)s_%(class)s_withdrawn_after_given",
                violation_error_message=_("Un consentement se retire après avoir été donné."),
            ),
            models.CheckConstraint(
                condition=Q(use=ConsentUse.TRANSMISSION, recipient__isnull=False)
                | (~Q(use=ConsentUse.TRANSMISSION) & Q(recipient=None)),
                name="%(app_label)s_%(class)s_recipient_if_transmitted",
                violation_error_message=_("On ne transmet qu’à un organisme nommé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.field}".strip()


def one_in_force(subject: str) -> list[models.UniqueConstraint]:
    """For each consent's own Meta: one at a time for the same person, use, field and recipient."""
    same = [subject, "use", "field"]
    words = _("Un consentement est déjà en cours pour cet usage.")
    return [
        models.UniqueConstraint(
            fields=same,
            condition=Q(withdrawn_at=None, recipient=None),
            name="%(app_label)s_%(class)s_one_in_force",
            violation_error_message=words,
        ),
        models.UniqueConstraint(
            fields=[*same, "recipient"],
            condition=Q(withdrawn_at=None, recipient__isnull=False),
            name="%(app_label)s_%(class)s_one_per_recipient",
            violation_error_message=words,
        ),
    ]
