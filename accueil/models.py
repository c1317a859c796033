"""What newcomers come to: discovery sessions first, then every other kind of event."""

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accueil.enums import EventKind, EventState
from accueil.querysets import EventQuerySet
from telecentres.models import Telecentre
from territoires.models import HostVillage, Programme, Territory
from territoires.models.words import searched_words


class Event(models.Model):
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="events", verbose_name=_("territoire")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("programme"),
    )
    kind = models.CharField(
        _("nature"), max_length=20, choices=EventKind, default=EventKind.DISCOVERY_SESSION
    )
    state = models.CharField(_("état"), max_length=10, choices=EventState, default=EventState.DRAFT)
    title = models.CharField(_("titre"), max_length=150)
    title_en = models.CharField(_("titre en anglais"), max_length=150, blank=True)
    slug = models.SlugField(_("nom dans les adresses"), max_length=160)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    village = models.ForeignKey(
        HostVillage,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("village d’accueil"),
    )
    telecentre = models.ForeignKey(
        Telecentre,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("télécentre"),
    )
    place = models.CharField(
        _("lieu"), max_length=200, blank=True, help_text=_("Si ce n’est ni l’un ni l’autre.")
    )
    presentation = models.TextField(_("présentation"), blank=True)
    presentation_en = models.TextField(_("présentation en anglais"), blank=True)
    capacity_households = models.PositiveSmallIntegerField(
        _("foyers accueillis"), null=True, blank=True
    )
    words = searched_words("title", "title_en", "place", "presentation", "presentation_en")

    objects = EventQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["words"])

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["-starts_at", "pk"]
        indexes = [models.Index(fields=["territory", "starts_at"], name="event_agenda")]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"],
                name="event_slug_once_per_territory",
                violation_error_message=_("Ce nom dans les adresses est déjà pris."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("La fin précède le début."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def where(self) -> str:
        """The place in one line: the village, the telecentre, or what was written."""
        if self.village:
            return self.village.commune.name
        if self.telecentre:
            return f"{self.telecentre.name}, {self.telecentre.commune.name}"
        return self.place
