"""What an agency writes in two languages, and when the public may read it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from images.models import Picture
from portail.enums import PublicationState, Standing
from territoires.models import Territory
from territoires.models.words import searched_words

LONGEST_TITLE = 150


class Publication(models.Model):
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="%(class)ss", verbose_name=_("territoire")
    )
    slug = models.SlugField(_("nom dans les adresses"), max_length=160)
    title = models.CharField(_("titre"), max_length=LONGEST_TITLE)
    title_en = models.CharField(_("titre en anglais"), max_length=LONGEST_TITLE, blank=True)
    body = models.TextField(_("texte"))
    body_en = models.TextField(_("texte en anglais"), blank=True)
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("image"),
    )
    state = models.CharField(
        _("état"), max_length=9, choices=PublicationState, default=PublicationState.DRAFT
    )
    published_from = models.DateTimeField(
        _("visible à partir du"), null=True, blank=True, help_text=_("Vide : dès la publication.")
    )
    published_until = models.DateTimeField(
        _("visible jusqu’au"), null=True, blank=True, help_text=_("Vide : sans fin.")
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    words = searched_words("title", "title_en", "body", "body_en")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"],
                name="%(class)s_slug_once_per_territory",
                violation_error_message=_("Ce nom dans les adresses est déjà pris."),
            ),
            models.CheckConstraint(
                condition=Q(published_until__gt=F("published_from"))
                | Q(published_from=None)
                | Q(published_until=None),
                name="%(class)s_ends_after_start",
                violation_error_message=_("La fin de la publication précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> Standing:
        now = timezone.now()
        if self.state == PublicationState.DRAFT:
            return Standing.DRAFT
        if self.published_until and self.published_until <= now:
            return Standing.OVER
        if self.published_from and self.published_from > now:
            return Standing.SCHEDULED
        return Standing.ONLINE

    @property
    def has_english(self) -> bool:
        return bool(self.title_en and self.body_en)
