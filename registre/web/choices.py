"""The boxes of the back-office that complete what one types."""

import json

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from registre.domain.journal import write_journal
from registre.domain.register import is_personal
from registre.enums import JournalAct


def journal_choices(request: HttpRequest, response: HttpResponse) -> None:
    """A box that completes what one types shows names too: one line says of how many."""
    asked = request.GET
    owner = apps.get_model(asked["app_label"], asked["model_name"])
    field = owner._meta.get_field(asked["field_name"])  # noqa: SLF001
    shown = field.related_model
    if isinstance(shown, type) and issubclass(shown, Model) and is_personal(shown):
        write_journal(
            act=JournalAct.READ,
            model=shown,
            user=request.user,  # type: ignore[arg-type]
            rows=len(json.loads(response.content)["results"]),
            path=request.path,
        )
