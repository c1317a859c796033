"""Calendars to follow: one's own bookings, or those of a place that one runs, or of a space of it.

The address is the secret: whoever has it reads. It is shown once and kept as a digest; what it
opens is asked anew at each reading, of whoever made it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from icalendar import Event

from comptes.models import User
from courrier.domain.calendars import calendar_to_follow
from jetons.domain.errors import LinkRefused
from jetons.domain.links import issue_link, links_in_force, read_link, revoke_links
from telecentres.domain.addresses import office_address, own_address
from telecentres.domain.calendar_entries import event_of
from telecentres.domain.errors import NoSuchFeed
from telecentres.enums import BookingState
from telecentres.models import Booking, Space, Telecentre
from telecentres.querysets import BookingQuerySet
from territoires.models import Territory

PURPOSE = "agenda"
# A calendar that goes silent is noticed too late: it ends when it is taken back.
LASTS = timedelta(days=10 * 365)
PAST, FUTURE = timedelta(days=90), timedelta(days=365)
SEES = "telecentres.view_booking"
OWN = "own"

# None: one's own bookings, wherever they are.
Followed = Telecentre | Space | None


@dataclass(frozen=True)
class Feed:
    """What a calendar is called, the bookings that it may say, and how."""

    name: str
    bookings: BookingQuerySet
    tell: Callable[[Booking], Event]


def make_feed(*, owner: User, followed: Followed = None) -> str:
    """The token of a new address; the former one opens nothing any more."""
    with transaction.atomic():
        # Two clicks at once would leave two addresses, one of which nobody knows.
        User.objects.select_for_update(no_key=True).get(pk=owner.pk)
        stop_feed(owner=owner, followed=followed)
        return issue_link(
            purpose=PURPOSE, subject=_subject(owner, followed), lasts=LASTS, author=owner
        )


def stop_feed(*, owner: User, followed: Followed = None) -> bool:
    """Its address opens nothing any more; whether there was one."""
    return revoke_links(purpose=PURPOSE, subject=_subject(owner, followed)) > 0


def feeds_since(owner: User, all_followed: Sequence[Followed]) -> list[datetime | None]:
    """For each, since when someone follows it at an address that opens; None without one."""
    subjects = [_subject(owner, followed) for followed in all_followed]
    links = links_in_force(purpose=PURPOSE, subjects=subjects)
    return [links[subject].created_at if subject in links else None for subject in subjects]


def read_feed(*, token: str, territory: Territory, now: datetime) -> str:
    """The calendar at an address of that territory's site, over PAST and FUTURE.

    Raises NoSuchFeed. In a number of queries that the bookings do not change.
    """
    try:
        link = read_link(purpose=PURPOSE, token=token)
    except LinkRefused as refusal:
        raise NoSuchFeed from refusal
    owner = link.author
    if owner is None or not owner.is_active:
        raise NoSuchFeed
    kind, _colon, key = link.subject.partition(" ")[2].partition(":")
    with override(owner.language):
        if kind == OWN:
            feed = _own(owner, territory, now)
        else:
            feed = _run(owner, territory, kind, int(key), now)
        told = feed.bookings.with_all_told().prefetch_related("changes").order_by("period", "pk")
        return calendar_to_follow(feed.name, map(feed.tell, told))


def bookings_told(followed: Telecentre | Space, now: datetime) -> BookingQuerySet:
    """What the calendar of a place, or of a space, says."""
    start, end = now - PAST, now + FUTURE
    held = Booking.objects.touching(start, end).filter(period__overlap=(start, end))
    if isinstance(followed, Space):
        return held.filter(space=followed)
    return held.filter(space__telecentre=followed)


def _subject(owner: User, followed: Followed) -> str:
    kind = OWN if followed is None else f"{type(followed).__name__.lower()}:{followed.pk}"
    return f"user:{owner.pk} {kind}"


def _own(owner: User, territory: Territory, now: datetime) -> Feed:
    mine = Booking.objects.in_territory(territory).held_by(owner).of_someone()
    name = _("Mes réservations, %(territory)s") % {"territory": territory.name}
    return Feed(name, mine.filter(period__overlap=(now - PAST, now + FUTURE)), _tell_holder)


def _run(owner: User, territory: Territory, kind: str, key: int, now: datetime) -> Feed:
    """Raises NoSuchFeed once the owner no longer runs the place, or the space is gone."""
    followed: Telecentre | Space | None
    if kind == "space":
        spaces = Space.objects.for_user(owner, SEES).filter(telecentre__territory=territory)
        followed = spaces.select_related("telecentre").filter(pk=key).first()
    else:
        places = Telecentre.objects.in_territory(territory).for_user(owner, SEES)
        followed = places.filter(pk=key).first()
    if followed is None:
        raise NoSuchFeed
    name = followed.name
    if isinstance(followed, Space):
        name = f"{followed.telecentre.name} – {name}"
    return Feed(name, bookings_told(followed, now), _tell_manager)


def _tell_holder(booking: Booking) -> Event:
    return event_of(booking, own_address(booking), description=booking.note)


def _tell_manager(booking: Booking) -> Event:
    """Who holds what; the reference of whoever has no account, the state of a space closed."""
    is_closed = booking.state == BookingState.BLOCKED
    who = booking.get_state_display() if is_closed else str(booking.holder or booking.reference)
    several = ngettext("%(n)d personne", "%(n)d personnes", booking.people) % {"n": booking.people}
    lines = [several if booking.people > 1 else "", booking.note]
    return event_of(
        booking,
        office_address(booking),
        summary=f"{booking.space.name} – {who}",
        description="\n".join(filter(None, lines)),
    )
