from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CourrierConfig(AppConfig):
    name = "courrier"
    verbose_name = _("courrier")

    def ready(self) -> None:
        from courrier.domain.messages import known_messages  # noqa: PLC0415  (once apps are there)

        # A message that says what it cannot fill in stops the start, not its first sending.
        known_messages()
