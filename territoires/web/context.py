from typing import Any

from django.http import HttpRequest

from territoires.web.middleware import territory_or_none


def territory(request: HttpRequest) -> dict[str, Any]:
    return {"territory": territory_or_none(request)}
