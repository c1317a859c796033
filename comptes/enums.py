"""Names of roles, sides of a change of address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What someone is to the platform. Grants of a role stand beside what they open."""

    ADMINISTRATOR = "administrator", _("administration de l’agence")
    OFFICER = "officer", _("chargé·e de mission")
    PROGRAMME_OFFICER = "programme_officer", _("chargé·e de programme")
    REFERENT = "referent", _("référent·e de village")
    MANAGER = "manager", _("gestionnaire de télécentre")
    PARTNER = "partner", _("partenaire")
    MEMBER = "member", _("membre")


class AddressSide(models.TextChoices):
    """Who must say yes to a change of address."""

    OLD = "old", _("ancienne adresse")
    NEW = "new", _("nouvelle adresse")

    @property
    def purpose(self) -> str:
        """Of the personal link that asks it."""
        return f"adresse-{self.value}"
