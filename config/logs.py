"""What leaves for the logs: a personal link opens its page to whoever reads it."""

import logging
import re
from typing import Any

from django.core.exceptions import PermissionDenied

# A token of jetons: 24 random bytes, then its signature, in letters that an address can hold;
# within a query, the sign between them is encoded.
TOKEN = re.compile(r"[\w-]{32}(?::|%3A)[\w-]{43}", re.IGNORECASE)


def hide_tokens(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Wherever they stand: an address, a message of Django's, the trace of an error."""
    return {name: _without_tokens(value) for name, value in event.items()}


class RefusalsInOneLine(logging.Filter):
    """Of a page that is not for its reader, the address is enough: nothing broke."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        return True


def strip_event(event: dict[str, Any], _hint: object) -> dict[str, Any]:
    """What leaves for an error tracker: no personal link, and nothing of what was looked for."""
    request = event.get("request")
    if isinstance(request, dict):
        request.pop("query_string", None)
    stripped: dict[str, Any] = _without_tokens(event)
    return stripped


def _without_tokens(value: Any) -> Any:
    if isinstance(value, str):
        return TOKEN.sub("…", value)
    if isinstance(value, dict):
        return {name: _without_tokens(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_tokens(inner) for inner in value]
    return value


# No personal data leaves: neither the body nor what variables hold; cookies and the user are left
# out by the library itself.
DISCREET: dict[str, Any] = {
    "include_local_variables": False,
    "max_request_body_size": "never",
    "before_send": strip_event,
    "before_breadcrumb": strip_event,
}
