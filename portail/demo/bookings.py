"""Who works where in the weeks around the demo's day: fictional people, at a few places."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import count, cycle

from comptes.domain.accounts import light_account
from comptes.models import User
from portail.demo.setting import Setting, moment
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import StillFree
from telecentres.domain.open_days import OpenDay, open_days
from telecentres.domain.waiting import join_line
from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre

HOLDERS = [
    ("anouk.lavelade@example.org", "Anouk", "Lavelade"),
    ("joan.soulanelle@example.org", "Joan", "Soulanelle"),
    ("maia.ruderole@example.org", "Maïa", "Ruderole"),
    ("theo.castagnede@example.org", "Théo", "Castagnède"),
]
WEEKS_BEFORE, WEEKS_AFTER = 1, 2
# Desks of one place that are taken on the fullest days.
MOST_TAKEN = 4


def fill_desks(member: User, telecentres: list[Telecentre], setting: Setting) -> None:
    """A few desks of every open day, in turn; the member's are among them.

    Each was booked the week before, so that none of the rules is bent for the demo.
    """
    people = cycle([member, *(_holder(*who) for who in HOLDERS)])
    first = setting.today - timedelta(weeks=WEEKS_BEFORE)
    last = setting.today + timedelta(weeks=WEEKS_AFTER)
    for place in telecentres:
        desks = _of_kind(place, SpaceKind.DESK)
        turns = count(place.pk)
        for opened in open_days(place, first, last):
            if opened.is_open and desks:
                _fill(place, desks, opened, next(turns) % min(len(desks), MOST_TAKEN), people)
    _ask_for_room(member, telecentres, setting.today)


def _fill(
    place: Telecentre, desks: list[Space], opened: OpenDay, number: int, people: "cycle[User]"
) -> None:
    half_days = [opened.ranges[0], opened.ranges[-1], opened.whole]
    for rank in range(number):
        slot = half_days[rank % len(half_days)]
        written = slot.start - timedelta(days=7)
        book_space(telecentre=place, spaces=desks, slot=slot, holder=next(people), now=written)


def _ask_for_room(member: User, telecentres: list[Telecentre], today: date) -> None:
    """A request that waits for the manager's answer, on the next open day but one."""
    for place in telecentres:
        rooms = [room for room in _of_kind(place, SpaceKind.MEETING_ROOM) if room.needs_approval]
        days = open_days(place, today + timedelta(days=1), today + timedelta(weeks=2))
        opened = [day for day in days if day.is_open]
        if rooms and len(opened) > 1:
            start = opened[1].whole.start
            slot = Slot(start, start + timedelta(hours=2))
            book_space(
                telecentre=place,
                spaces=rooms,
                slot=slot,
                holder=member,
                people=4,
                note="Réunion d’équipe, avec l’écran si possible.",
                now=moment(today, time(8)),
            )
            _wait_for_room(place, slot, moment(today, time(9)))
            return


def _wait_for_room(place: Telecentre, slot: Slot, now: datetime) -> None:
    """Somebody else wants it too; where there is another room, they need not wait."""
    with suppress(StillFree):
        join_line(
            telecentre=place,
            kind=SpaceKind.MEETING_ROOM,
            slot=slot,
            holder=_holder(*HOLDERS[0]),
            people=4,
            now=now,
        )


def _holder(email: str, first_name: str, last_name: str) -> User:
    return light_account(email=email, first_name=first_name, last_name=last_name)


def _of_kind(place: Telecentre, kind: SpaceKind) -> list[Space]:
    return list(place.spaces.bookable().filter(kind=kind).smallest_first())
