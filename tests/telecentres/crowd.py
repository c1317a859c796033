"""Many at once, each with a connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.urls import reverse


def all_at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act answers, or the exception that it raises; none starts before all may."""
    # Whoever serves several people at once has loaded every page before: imports race.
    reverse("own-bookings")
    ready = Barrier(len(acts), timeout=30)

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))
