"""Which representation a caller gets: the one in the address, else the one in `Accept`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class FormatFirst(DefaultContentNegotiation):
    """`?format=` wins over `Accept`: libraries send an `Accept` that nobody chose."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if not wanted:
            chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers)
            return chosen
        by_format: dict[Any, BaseRenderer] = {one.format: one for one in renderers}
        if wanted not in by_format:
            raise ValidationError(
                {"format": _("Choisissez parmi : %(choices)s.") % {"choices": ", ".join(by_format)}}
            )
        return by_format[wanted], str(by_format[wanted].media_type)
