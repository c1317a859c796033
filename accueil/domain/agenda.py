"""What is announced, as a calendar to follow, as an entry of one, and month by month."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event as Entry
from icalendar import vUri

from accueil.enums import EventState
from accueil.models import Event
from courrier.domain.calendars import calendar_file, calendar_to_follow, one_text
from telecentres.domain.calendar import whole_day
from territoires.domain.brand import site_address, site_name
from territoires.domain.languages import localized_text
from territoires.models import Territory

# How far back a calendar that is followed goes: what takes place, and what has just.
PAST = timedelta(days=90)


def agenda_to_follow(territory: Territory, now: datetime) -> str:
    """The calendar of what is announced, from PAST on; what was called off says so.

    In one query, however many they are.
    """
    name = _("Agenda – Solos %(name)s") % {"name": territory.name}
    announced = Event.objects.in_territory(territory).announced()
    events = announced.filter(ends_at__gte=now - PAST).with_all_told().with_versions()
    return calendar_to_follow(name, map(_entry, events.order_by("starts_at", "pk")))


def event_file(event: Event) -> str:
    """The calendar that holds this event alone; its row comes `with_versions`."""
    return calendar_file([_entry(event)])


def _entry(event: Event) -> Entry:
    """Its UID never changes and its SEQUENCE grows: a program replaces what it holds."""
    entry = Entry()
    entry.add("uid", f"rendez-vous-{event.pk}@{site_name(event.territory)}")
    entry.add("sequence", max(event.version - 1, 0))  # type: ignore[attr-defined]
    entry.add("dtstamp", event.changed_at)  # type: ignore[attr-defined]
    # In UTC: a named time zone would have to be described in full beside it.
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", one_text(localized_text(event, "title")[0]))
    if event.where:
        entry.add("location", one_text(event.where))
    entry.add("categories", [event.get_kind_display()])
    is_off = event.state == EventState.CANCELLED
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    entry.add("url", vUri(site_address(event.territory) + reverse("session", args=[event.slug])))
    return entry


@dataclass(frozen=True)
class Day:
    """A square of the month: its events, and whether it is of this month or of its neighbours."""

    day: date
    is_of_month: bool
    events: Sequence[Event]


@dataclass(frozen=True)
class Month:
    """A month in whole weeks, from Monday to Sunday."""

    weeks: Sequence[Sequence[Day]]

    @property
    def days(self) -> Sequence[Day]:
        """Those of the month on which something takes place."""
        days = (day for week in self.weeks for day in week)
        return [each for each in days if each.is_of_month and each.events]


def month_of(territory: Territory, first: date) -> Month:
    """The month that begins on `first`: what lasts several days stands on each. In one query."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    announced = Event.objects.in_territory(territory).announced().with_all_told()
    since, until = whole_day(weeks[0][0]).start, whole_day(weeks[-1][-1]).end
    events = list(announced.between(since, until))
    return Month(
        [[Day(day, day.month == first.month, _on(day, events)) for day in week] for week in weeks]
    )


def _on(day: date, events: Sequence[Event]) -> Sequence[Event]:
    hours = whole_day(day)
    return [
        event for event in events if event.starts_at < hours.end and event.ends_at > hours.start
    ]
