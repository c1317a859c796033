"""Who read or changed what about people: written once, never rewritten."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registre.enums import JournalAct
from registre.querysets import TerritoryRows


class JournalEntry(models.Model):
    """One act of someone of the team on personal data; by its key, never by its words.

    The application may add entries and read them. It can neither change nor remove one: the
    database refuses, and a row that was pointed to may go without touching them.
    """

    at = models.DateTimeField(_("quand"), default=timezone.now, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=_("qui"),
    )
    act = models.CharField(_("acte"), max_length=10, choices=JournalAct)
    model = models.CharField(_("sorte de fiche"), max_length=100)
    object_key = models.CharField(_("numéro de la fiche"), max_length=64, blank=True)
    territory = models.ForeignKey(
        "territoires.Territory",
        models.DO_NOTHING,
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=_("territoire"),
    )
    fields = ArrayField(
        models.CharField(max_length=60), verbose_name=_("champs"), default=list, blank=True
    )
    rows = models.PositiveIntegerField(_("fiches"), default=1)
    path = models.CharField(_("page"), max_length=300, blank=True)

    objects = TerritoryRows["JournalEntry"].as_manager()

    class Meta:
        verbose_name = _("ligne du journal des accès")
        verbose_name_plural = _("journal des accès")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="journal_latest"),
            models.Index(fields=["model", "object_key"], name="journal_object"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} – {self.model} {self.object_key}".strip()
