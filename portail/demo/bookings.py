"""What waits for someone at the telecentres: a booking to come, a request, a place hoped for."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from comptes.domain.accounts import light_account
from comptes.models import User
from portail.demo.setting import Setting, moment
from telecentres.domain.booking import book_space
from telecentres.domain.calendar import Slot
from telecentres.domain.errors import SlotTaken, StillFree
from telecentres.domain.open_days import OpenDay, open_days
from telecentres.domain.waiting import join_line
from telecentres.enums import ExtraPer, SpaceKind
from telecentres.models import Booking, Space, Telecentre
from telecentres.querysets import SpaceQuerySet

PARTY = 4
RIVAL = ("anouk.lavelade@example.org", "Anouk", "Lavelade")


def leave_something_to_answer(
    member: User, telecentres: dict[str, Telecentre], setting: Setting
) -> None:
    """The member comes next week; they ask for a room, and somebody else wants it too."""
    bookable = [place for place in telecentres.values() if place.is_bookable]
    for place in bookable[:1]:
        _book_desk(member, place, setting.today)
    for place in bookable:
        rooms = _of_kind(place, SpaceKind.MEETING_ROOM).filter(needs_approval=True)
        if rooms:
            request = _ask_for_room(member, place, list(rooms), setting.today)
            _wait_for_room(place, Slot.of(request.period), moment(setting.today, time(9)))
            return


def _book_desk(member: User, place: Telecentre, today: date) -> None:
    morning = next(_open_days(place, today + timedelta(days=6))).ranges[0]
    desks = list(_of_kind(place, SpaceKind.DESK))
    now = moment(today, time(8))
    book_space(telecentre=place, spaces=desks, slot=morning, holder=member, now=now)


def _ask_for_room(member: User, place: Telecentre, rooms: list[Space], today: date) -> Booking:
    """On the first day from the next one but one when it is free, with what may be added."""
    offered = place.extras.offered().going_with(SpaceKind.MEETING_ROOM)
    extras = offered.filter(notice__lte=24).exclude(per=ExtraPer.PIECE)
    for opened in _open_days(place, today + timedelta(days=2)):
        start = opened.whole.start
        with suppress(SlotTaken):
            return book_space(
                telecentre=place,
                spaces=rooms,
                slot=Slot(start, start + timedelta(hours=2)),
                holder=member,
                people=PARTY,
                note="Réunion d’équipe.",
                extras={extra.pk: extra.most_for(PARTY) for extra in extras},
                now=moment(today, time(8)),
            )
    raise SlotTaken


def _wait_for_room(place: Telecentre, slot: Slot, now: datetime) -> None:
    """Where there is another room, they need not wait."""
    email, first_name, last_name = RIVAL
    with suppress(StillFree):
        join_line(
            telecentre=place,
            kind=SpaceKind.MEETING_ROOM,
            slot=slot,
            holder=light_account(email=email, first_name=first_name, last_name=last_name),
            people=PARTY,
            now=now,
        )


def _open_days(place: Telecentre, first: date) -> Iterator[OpenDay]:
    days = open_days(place, first, first + timedelta(weeks=4))
    return (day for day in days if day.is_open)


def _of_kind(place: Telecentre, kind: SpaceKind) -> SpaceQuerySet:
    return place.spaces.bookable().filter(kind=kind).smallest_first()
