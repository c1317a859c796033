from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portail.enums import Standing
from portail.models.publication import Publication
from portail.querysets import NewsItemQuerySet


class NewsItem(Publication):
    published_on = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Celle que l’on lit. Avant ce jour, elle reste cachée."),
    )

    objects = NewsItemQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["updated_at", "words"])

    class Meta(Publication.Meta):
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")
        ordering = ["-published_on", "-pk"]
        indexes = [models.Index(fields=["territory", "-published_on"], name="news_latest")]

    def get_absolute_url(self) -> str:
        return reverse("news-item", args=[self.slug])

    @property
    def standing(self) -> Standing:
        standing = super().standing
        is_early = self.published_on > timezone.localdate()
        return Standing.SCHEDULED if is_early and standing == Standing.ONLINE else standing
