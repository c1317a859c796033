from django.db import models
from django.utils.translation import gettext_lazy as _


class PictureState(models.TextChoices):
    WAITING = "waiting", _("en préparation")
    READY = "ready", _("prête")
    REFUSED = "refused", _("refusée")
