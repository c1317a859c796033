from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("à envoyer")
    SENT = "sent", _("envoyé")
    DEAD = "dead", _("abandonné")
