"""Who comes today, space by space: what the manager prints in the morning."""

from dataclasses import dataclass
from datetime import date

from telecentres.domain.calendar import Slot, whole_day
from telecentres.domain.extras import in_words
from telecentres.domain.open_days import OpenDay, opening_of
from telecentres.models import Booking, Space, Telecentre


@dataclass(frozen=True)
class Held:
    booking: Booking
    slot: Slot
    # What to prepare beside the space, in words.
    extras: str = ""


@dataclass(frozen=True)
class SpaceDay:
    """A space and what holds it that day, in order; empty when it is free."""

    space: Space
    held: tuple[Held, ...]


@dataclass(frozen=True)
class DaySheet:
    opened: OpenDay
    spaces: tuple[SpaceDay, ...]

    @property
    def count(self) -> int:
        return sum(len(each.held) for each in self.spaces)


def day_sheet(telecentre: Telecentre, day: date) -> DaySheet:
    """In four queries, whatever the spaces and the bookings."""
    hours = whole_day(day)
    bookings = Booking.objects.touching(hours.start, hours.end).filter(
        space__telecentre=telecentre, period__overlap=(hours.start, hours.end)
    )
    by_space: dict[int, list[Held]] = {}
    for booking in bookings.with_all_told().prefetch_related("lines").order_by("period"):
        held = Held(booking, Slot.of(booking.period), in_words(booking.lines.all()))
        by_space.setdefault(booking.space_id, []).append(held)
    spaces = telecentre.spaces.in_reading_order()
    return DaySheet(
        opening_of(telecentre, day, day).on(day),
        tuple(SpaceDay(space, tuple(by_space.get(space.pk, ()))) for space in spaces),
    )
