"""What someone looks for in a telecentre, as the address of a page says it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jetons.domain.errors import LinkRefused
from telecentres.domain.calendar import Slot
from telecentres.domain.extras import offered_extras
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.domain.visitors import booking_of_link
from telecentres.domain.waiting import is_worth_waiting
from telecentres.enums import SpaceKind
from telecentres.models import Booking, Extra, Space, Telecentre
from telecentres.web.addresses import MOVED, asked_as, asked_of, booking_address
from territoires.scoping import Anyone
from territoires.web.request import TerritoryRequest


@dataclass
class Asking:
    """What a visitor looks for: a kind of space, so many people; a booking of theirs to move."""

    request: TerritoryRequest
    slug: str
    kind: SpaceKind

    @cached_property
    def telecentre(self) -> Telecentre:
        places = Telecentre.objects.in_territory(self.request.territory).bookable()
        return get_object_or_404(places.select_related("commune").defer("words"), slug=self.slug)

    @cached_property
    def spaces(self) -> list[Space]:
        """Every bookable space of the kind and equipment, in the order in which they are taken."""
        rows = self.telecentre.spaces.bookable().filter(kind=self.kind).smallest_first()
        if not (spaces := [space for space in rows if space.has(self.equipment)]):
            raise Http404
        return spaces

    @property
    def equipment(self) -> tuple[str, ...]:
        """All of which the space must have."""
        return tuple(self.request.GET.getlist("equipement"))

    @cached_property
    def people(self) -> int:
        if self.moved:
            return self.moved.people
        given = self.request.GET.get("personnes", "")
        asked = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        return min(max(asked, 1), MOST_PEOPLE)

    @property
    def moved_by(self) -> str:
        """The reference of a booking to move or, without account, the personal link to it."""
        return self.request.GET.get(MOVED, "")

    @cached_property
    def moved(self) -> Booking | None:
        """One of the visitor's own, to come; Http404 for any other, as if it never was."""
        if not self.moved_by:
            return None
        to_come = Booking.objects.of_someone().to_come(timezone.now()).with_all_told()
        here = to_come.filter(space__telecentre=self.telecentre)
        if self.is_by_link:
            return get_object_or_404(here, pk=_followed(self.moved_by).pk)
        return get_object_or_404(here.held_by(self.request.user), reference=self.moved_by)

    @cached_property
    def extras(self) -> list[Extra]:
        """What may be added; a booking that moves keeps its own."""
        return [] if self.moved else offered_extras(self.spaces[0])

    @property
    def addable(self) -> list[Extra]:
        """By whoever is asking: without account, nothing."""
        return self.extras if self.request.user.is_authenticated else []

    @property
    def is_by_link(self) -> bool:
        """A reference has no such sign."""
        return ":" in self.moved_by

    @property
    def holder(self) -> Anyone:
        """Whose booking it is, or would be."""
        return (self.moved and self.moved.holder) or self.request.user

    def address(self, name: str, slot: Slot | None = None, **given: object) -> str:
        """Of the page of that name, with what is looked for."""
        given |= asked_of(1 if self.moved else self.people, self.equipment)
        if self.moved:
            given[MOVED] = self.moved_by
        return booking_address(name, self.slug, self.kind, given | (asked_as(slot) if slot else {}))

    def may_wait(self, slot: Slot) -> bool:
        """Whoever moves a booking keeps it until they find another time."""
        return not self.moved and is_worth_waiting(slot, timezone.now())

    @property
    def common(self) -> dict[str, object]:
        return {
            "telecentre": self.telecentre,
            "kind": self.kind,
            "moved": self.moved,
            "moved_by": self.moved_by,
            "holder": self.holder,
            "equipment": self.equipment,
            "needs_approval": all(space.needs_approval for space in self.spaces),
            "release_after": min(
                filter(None, (each.release_after for each in self.spaces)), default=0
            ),
            "trail": [
                (_("Télécentres"), reverse("telecentres")),
                (self.telecentre.name, reverse("telecentre", args=[self.slug])),
                (_("Réserver"), ""),
            ],
        }


def _followed(token: str) -> Booking:
    """Raises Http404."""
    try:
        return booking_of_link(token=token)
    except LinkRefused as refusal:
        raise Http404 from refusal
