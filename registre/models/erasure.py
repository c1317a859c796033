"""The ledger of who was erased: without a name, but enough to know them again after a restore."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registre.enums import ErasureReason


class Erasure(models.Model):
    """One person erased. Its keys are made with the site's secret: they lead back to nobody."""

    at = models.DateTimeField(_("quand"), default=timezone.now, editable=False)
    reason = models.CharField(_("raison"), max_length=10, choices=ErasureReason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=_("par"),
    )
    keys = ArrayField(models.CharField(max_length=64), verbose_name=_("empreintes"))
    counts = models.JSONField(_("lignes touchées"), default=dict)

    class Meta:
        verbose_name = _("effacement")
        verbose_name_plural = _("effacements")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({timezone.localdate(self.at):%d/%m/%Y})"
