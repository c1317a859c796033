"""What was loaded, when, from which file, with what result; and the version of the map."""

from django.contrib.gis.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from territoires.enums import ImportOutcome


class ImportRun(models.Model):
    """One file read by an importer: its counts, and the rows it refused with their reason."""

    importer = models.CharField(_("import"), max_length=60)
    file_name = models.CharField(_("fichier"), max_length=255)
    layout = models.CharField(_("format reconnu"), max_length=60, blank=True)
    outcome = models.CharField(_("résultat"), max_length=10, choices=ImportOutcome)
    started_at = models.DateTimeField(_("commencé le"))
    finished_at = models.DateTimeField(_("terminé le"))
    rows_read = models.PositiveIntegerField(_("lignes lues"), default=0)
    rows_created = models.PositiveIntegerField(_("créées"), default=0)
    rows_changed = models.PositiveIntegerField(_("modifiées"), default=0)
    rows_unchanged = models.PositiveIntegerField(_("inchangées"), default=0)
    rows_ended = models.PositiveIntegerField(_("closes"), default=0)
    rows_refused = models.PositiveIntegerField(_("refusées"), default=0)
    report = models.JSONField(_("compte rendu"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import de données")
        verbose_name_plural = _("imports de données")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.importer} – {self.file_name}"


class DataVersion(models.Model):
    """A number that grows when a set of data changes: caches and ETags carry it in their key."""

    name = models.CharField(_("jeu de données"), max_length=30, primary_key=True)
    number = models.PositiveBigIntegerField(_("version"), default=1)
    changed_at = models.DateTimeField(_("changée le"), auto_now=True)

    MAP = "map"

    class Meta:
        verbose_name = _("version des données")
        verbose_name_plural = _("versions des données")

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @classmethod
    def current(cls, name: str) -> int:
        return cls.objects.filter(pk=name).values_list("number", flat=True).first() or 0

    @classmethod
    def advance(cls, name: str) -> None:
        """Count one change; two at once count two."""
        _row, created = cls.objects.get_or_create(pk=name)
        if not created:
            cls.objects.filter(pk=name).update(number=F("number") + 1)
