from django.db import models
from django.utils.translation import gettext_lazy as _

from telecentres.models.telecentre import Telecentre
from territoires.models import Grant
from territoires.models.grant import held_once


class TelecentreGrant(Grant):
    """Someone who runs one telecentre: its sheet, its hours, its spaces."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="grants", verbose_name=_("télécentre")
    )

    PERIMETER, ROLE = "telecentre", "manager"

    class Meta(Grant.Meta):
        verbose_name = _("accès à un télécentre")
        verbose_name_plural = _("accès aux télécentres")
        ordering = ["telecentre", "user"]
        constraints = [*Grant.Meta.constraints, held_once("telecentre")]

    def __str__(self) -> str:
        return f"{self.user} – {self.telecentre}"
