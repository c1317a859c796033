"""What solos do: a two-level list that the agency edits."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from territoires.models.words import searched_words


class Sector(models.Model):
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=80, unique=True)
    name_en = models.CharField(_("nom en anglais"), max_length=80, blank=True)
    slug = models.SlugField(_("nom dans les adresses"), unique=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    class Meta:
        verbose_name = _("secteur")
        verbose_name_plural = _("secteurs")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Trade(models.Model):
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="trades", verbose_name=_("secteur")
    )
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=80, unique=True)
    name_en = models.CharField(_("nom en anglais"), max_length=80, blank=True)
    slug = models.SlugField(_("nom dans les adresses"), unique=True)
    words = searched_words("name", "name_en")

    class Meta:
        verbose_name = _("métier")
        verbose_name_plural = _("métiers")
        ordering = ["name"]
        indexes = [GinIndex(fields=["words"], name="trade_words")]

    def __str__(self) -> str:
        return self.name
