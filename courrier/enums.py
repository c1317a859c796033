from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("à envoyer")
    SENT = "sent", _("envoyé")
    DEAD = "dead", _("abandonné")


class MailLanguage(models.TextChoices):
    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")
