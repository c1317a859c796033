from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SolosConfig(AppConfig):
    name = "solos"
    verbose_name = _("solos")
