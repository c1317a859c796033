"""What probes ask: am I alive, am I ready?"""

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a probe never kills a healthy process."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 without PostgreSQL. Without Redis the site is slower, not down: said, not refused."""
    database = _database_answers()
    state = {"database": database, "cache": _cache_answers()}
    return JsonResponse(state, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _cache_answers() -> bool:
    cache.set("readyz", 1, 5)
    return bool(cache.get("readyz"))
