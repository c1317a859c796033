"""What a solo changes once their page was published: proposed, or to be read by the agency."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from images.models import Picture
from registre.enums import ConsentUse
from solos.enums import PublicField
from solos.models.solo import Solo

CONSENT = ("use", "field", "version")


class ProposedEdit(models.Model):
    """What would newly appear on a page, kept apart until the agency has read it; one a solo."""

    solo = models.OneToOneField(
        Solo, models.CASCADE, related_name="proposed_edit", verbose_name=_("solo")
    )
    # Column of Solo → value as JSON says it.
    changes = models.JSONField(_("changements"), default=dict, blank=True)
    # Consents to record with them: use, field, version of the words that were agreed to.
    agreed = models.JSONField(_("accords donnés avec eux"), default=list, blank=True)
    photo = models.ForeignKey(
        Picture,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("nouvelle photo"),
    )
    proposed_at = models.DateTimeField(_("proposés le"))
    # Sent back with a word; what was typed is kept for the solo to take up.
    refused_at = models.DateTimeField(_("renvoyés le"), null=True, blank=True)

    class Meta:
        verbose_name = _("changements proposés")
        verbose_name_plural = _("changements proposés")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return str(self.solo)

    @property
    def waits(self) -> bool:
        return self.refused_at is None

    @property
    def values(self) -> dict[str, Any]:
        """By column, those that the solos of today still have."""
        known = {field.name for field in Solo._meta.concrete_fields}  # noqa: SLF001  (documented)
        return {name: value for name, value in self.changes.items() if name in known}

    @property
    def consents(self) -> list[tuple[ConsentUse, PublicField, str]]:
        """Of the fields that there still are."""
        return [
            (ConsentUse(one[0]), PublicField(one[1]), one[2])
            for one in self.agreed
            if len(one) == len(CONSENT) and one[1] in PublicField.values
        ]


class UnreadEdit(models.Model):
    """That a solo changed their page since the agency last looked, and from which past version."""

    solo = models.OneToOneField(
        Solo, models.CASCADE, related_name="unread_edit", verbose_name=_("solo")
    )
    # The last past version that the agency knows; 0 when there is none.
    version = models.PositiveBigIntegerField(_("version connue"), default=0)
    fields = ArrayField(
        models.CharField(max_length=30), verbose_name=_("champs changés"), default=list
    )
    since = models.DateTimeField(_("à voir depuis le"))
    changed_at = models.DateTimeField(_("changée le"))

    class Meta:
        verbose_name = _("modification à voir")
        verbose_name_plural = _("modifications à voir")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return str(self.solo)

    @property
    def columns(self) -> list[str]:
        """Those that the solos of today still have, but for the photo, which has no past."""
        known = {field.name for field in Solo._meta.concrete_fields}  # noqa: SLF001  (documented)
        return [name for name in self.fields if name in known - {PublicField.PHOTO}]
