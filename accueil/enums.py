from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    DISCOVERY_SESSION = "discovery_session", _("session découverte")
    CLUB = "club", _("soirée du club")
    TRAINING = "training", _("formation")
    JELLY = "jelly", _("journée Jelly")
    WEBINAR = "webinar", _("webinaire")
    FAIR = "fair", _("salon")


class EventState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("annoncé")
    CANCELLED = "cancelled", _("annulé")
