"""Pictures as the public may see them: never the file that was sent, only what we drew from it."""

import uuid
from functools import cache

from django.core.files.storage import Storage, default_storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from images.enums import PictureState
from images.querysets import PictureQuerySet

# In pixels. A narrower picture has fewer sizes, the last one its own width.
WIDTHS = (480, 960, 1600)


def widths_up_to(widest: int) -> list[int]:
    """The widths at which a picture `widest` pixels wide is drawn."""
    return sorted({min(width, widest) for width in WIDTHS})


@cache
def originals() -> Storage:
    """Where what was sent waits: no address leads there.

    Kept, as the field asks once: both then speak of one storage, even where settings change.
    """
    return storages["originals"]


def original_name(_picture: "Picture", _name: str) -> str:
    """A sender's file name says things about people, and may try to say things to a disk."""
    return uuid.uuid4().hex


class Picture(models.Model):
    territory = models.ForeignKey(
        "territoires.Territory",
        models.PROTECT,
        related_name="pictures",
        verbose_name=_("territoire"),
    )
    alternative = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        help_text=_("Ce que l’image montre, en une phrase, pour qui ne la voit pas."),
    )
    alternative_en = models.CharField(
        _("texte de remplacement en anglais"), max_length=250, blank=True
    )
    # Whom a portrait shows (`images.personal.subject_of`); empty for what the agency may reuse.
    subject = models.CharField(_("personne montrée"), max_length=60, blank=True, editable=False)
    credit = models.CharField(
        _("crédit"), max_length=150, blank=True, help_text=_("Qui l’a prise, sous quelle licence.")
    )
    original = models.FileField(
        _("fichier reçu"), storage=originals, upload_to=original_name, blank=True, editable=False
    )
    state = models.CharField(
        _("état"),
        max_length=8,
        choices=PictureState,
        default=PictureState.WAITING,
        editable=False,
    )
    received_at = models.DateTimeField(_("reçue le"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(
        _("prête ou refusée le"), null=True, blank=True, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0, editable=False)
    refusal = models.CharField(_("motif du refus"), max_length=250, blank=True, editable=False)
    # Of the widest size, once ready.
    digest = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(_("largeur"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("hauteur"), null=True, blank=True, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["received_at"],
                name="picture_waiting",
                condition=Q(state=PictureState.WAITING),
            ),
            models.Index(fields=["digest"], name="picture_digest"),
            models.Index(fields=["subject"], name="picture_subject", condition=~Q(subject="")),
        ]
        constraints = [
            models.CheckConstraint(
                # Spaces alone describe nothing.
                condition=Q(alternative__regex=r"\S"),
                name="picture_described",
                violation_error_message=_("Décrivez l’image pour ceux qui ne la voient pas."),
            ),
            models.CheckConstraint(
                condition=Q(state=PictureState.WAITING, settled_at=None)
                | (~Q(state=PictureState.WAITING) & ~Q(settled_at=None)),
                name="picture_settled_has_date",
                violation_error_message=_("Une image prête ou refusée porte sa date."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PictureState.READY)
                | Q(
                    width__isnull=False,
                    width__gt=0,
                    height__isnull=False,
                    height__gt=0,
                    digest__regex=r"^[0-9a-f]{64}$",
                ),
                name="picture_ready_is_measured",
                violation_error_message=_("Une image prête a ses mesures et ses fichiers."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PictureState.REFUSED) | ~Q(refusal=""),
                name="picture_refused_says_why",
                violation_error_message=_("Une image refusée dit pourquoi."),
            ),
        ]

    def __str__(self) -> str:
        return self.alternative

    @property
    def is_ready(self) -> bool:
        return self.state == PictureState.READY

    @property
    def widths(self) -> list[int]:
        """The widths it was drawn at, in pixels; none before it is ready."""
        return widths_up_to(self.width) if self.width else []

    @property
    def jpeg_name(self) -> str:
        return f"{self._stem}.jpg"

    def webp_name(self, width: int) -> str:
        return f"{self._stem}-{width}.webp"

    @property
    def file_names(self) -> list[str]:
        """Every public file, as the storage names it."""
        return [*map(self.webp_name, self.widths), self.jpeg_name] if self.widths else []

    @property
    def url(self) -> str:
        """The address of the JPEG, for whoever takes one file; empty before it is ready."""
        return default_storage.url(self.jpeg_name) if self.is_ready else ""

    @property
    def srcset(self) -> str:
        named = ((default_storage.url(self.webp_name(width)), width) for width in self.widths)
        return ", ".join(f"{url} {width}w" for url, width in named)

    @property
    def _stem(self) -> str:
        return f"images/{self.digest[:2]}/{self.digest}"
