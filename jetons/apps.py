from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JetonsConfig(AppConfig):
    name = "jetons"
    verbose_name = _("jetons")
