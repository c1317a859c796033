from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TelecentresConfig(AppConfig):
    name = "telecentres"
    verbose_name = _("télécentres")
