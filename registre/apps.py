from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistreConfig(AppConfig):
    name = "registre"
    verbose_name = _("registre des données personnelles")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        # Whoever opens the door, Django or a library, says so by this signal of Django's.
        user_logged_in.connect(_note_sign_in, dispatch_uid="registre")


def _note_sign_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Members come and go unwatched; the team, who see others' data, do not."""
    from registre.domain.journal import write_journal  # noqa: PLC0415
    from registre.enums import JournalAct  # noqa: PLC0415

    if user.is_staff:
        write_journal(
            act=JournalAct.SIGNED_IN, model=type(user), user=user, key=user.pk, path=request.path
        )
