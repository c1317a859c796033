"""Pages that the agency writes: guides, practical pages, the page for the press."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portail.enums import MenuPlace, PageKind
from portail.models.publication import Publication
from portail.querysets import PageQuerySet


class Page(Publication):
    kind = models.CharField(_("nature"), max_length=8, choices=PageKind, default=PageKind.ORDINARY)
    summary = models.CharField(
        _("chapeau"), max_length=300, blank=True, help_text=_("Une ou deux phrases sous le titre.")
    )
    summary_en = models.CharField(_("chapeau en anglais"), max_length=300, blank=True)
    menu = models.CharField(
        _("place dans le menu"), max_length=6, choices=MenuPlace, default=MenuPlace.NONE
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("rangée sous"),
        help_text=_("Une page d’un menu. Un seul niveau."),
    )
    position = models.PositiveSmallIntegerField(
        _("ordre"), default=10, help_text=_("Du plus petit au plus grand.")
    )
    # A page under a page bears no page itself, and both are of one territory: the database ties
    # (parent, false, territory) to (id, is_child, territory). See the migration `menu_one_level`.
    is_child = models.GeneratedField(
        expression=models.Case(
            models.When(parent__isnull=True, then=models.Value(False)),
            default=models.Value(True),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("sous une autre"),
    )

    objects = PageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["is_child", "updated_at", "words"])

    class Meta(Publication.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["menu", "position", "title"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(kind=PageKind.PRESS),
                name="page_one_for_the_press",
                violation_error_message=_("Ce territoire a déjà sa page de presse."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="page_not_under_itself",
                violation_error_message=_("Une page ne se range pas sous elle-même."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(menu=MenuPlace.NONE),
                name="page_placed_once",
                violation_error_message=_(
                    "Rangée sous une autre, une page suit sa place : choisissez « hors du menu »."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        if self.kind == PageKind.PRESS:
            return reverse("press")
        return reverse("page", args=[self.slug])
