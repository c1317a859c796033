from django.db import models
from django.utils.translation import gettext_lazy as _


class PageKind(models.TextChoices):
    ORDINARY = "ordinary", _("page")
    PRESS = "press", _("page de presse")


class MenuPlace(models.TextChoices):
    NONE = "none", _("hors du menu")
    HEADER = "header", _("en haut du site")
    FOOTER = "footer", _("au pied du site")


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("publié")


class Standing(models.TextChoices):
    """What the public sees now, as the state and the dates say."""

    DRAFT = "draft", _("brouillon")
    SCHEDULED = "scheduled", _("à venir")
    ONLINE = "online", _("en ligne")
    OVER = "over", _("retiré")
