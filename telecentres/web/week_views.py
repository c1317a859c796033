"""The week of one kind of space of a place: what is left, each free half-day a link to book it."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comptes.web.access import uncached_page
from telecentres.domain.availability import Offer
from telecentres.domain.calendar import day_of, monday_of
from telecentres.domain.free_week import free_week
from telecentres.web.asking import Asking
from telecentres.web.booking_views import asked_day, kinds_with_addresses
from telecentres.web.kinds import kind_of
from territoires.web.request import TerritoryRequest

WEEK = timedelta(days=7)


@require_safe
@uncached_page
def week_grid(request: TerritoryRequest, slug: str, kind: str) -> HttpResponse:
    asking, now = Asking(request, slug, kind_of(kind)), timezone.now()
    today = day_of(now)
    # On a Saturday or a Sunday the week that one thinks of is the next one.
    monday = monday_of(asked_day(request, today) or today + timedelta(days=2))
    grid = free_week(
        telecentre=asking.telecentre,
        spaces=asking.spaces,
        monday=monday,
        people=asking.people,
        now=now,
    )
    context = asking.common | {
        "kinds": kinds_with_addresses(asking, "week-grid"),
        "monday": monday,
        "grid": [(day.opened, [_cell(asking, half) for half in day.halves]) for day in grid],
        "earlier": _address(asking, max(monday - WEEK, today)) if monday > today else "",
        "later": _address(asking, monday + WEEK),
        "choose": asking.address("choose-slot"),
    }
    return render(request, "telecentres/week_grid.html", context)


def _cell(asking: Asking, offer: Offer | None) -> tuple[Offer | None, str]:
    """What is left, and where it is booked; None when it is closed."""
    return offer, asking.address("book-slot", offer.slot) if offer and offer.free else ""


def _address(asking: Asking, day: date) -> str:
    return asking.address("week-grid", jour=day)
