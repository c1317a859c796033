"""What each booking of a year costs, as the domain composes it, read once for each holder."""

from dataclasses import replace
from datetime import date

from comptes.models import User
from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, Slot, day_of
from telecentres.domain.open_days import Opening
from telecentres.domain.prices import Quote, compose_quote
from telecentres.domain.purse import Purse, read_purse
from telecentres.domain.stints import Stint, stints_of
from telecentres.enums import SpaceKind
from telecentres.models import Pack, Telecentre


class Till:
    """Keeps the purse of each holder as bookings come: `quotes` reads it anew at each of them."""

    def __init__(self, place: Telecentre, opening: Opening) -> None:
        self._place, self._opening = place, opening
        self._sold_on = dict(Pack.objects.filter(telecentre=place).values_list("pk", "sold_on"))
        self._purses: dict[tuple[User | None, SpaceKind], Purse] = {}
        self._stints: dict[Slot, list[Stint]] = {}

    def quote(self, holder: User | None, kind: SpaceKind, slot: Slot, on: date) -> Quote | None:
        """The price of a slot booked on a day; None where the place writes none down."""
        means = self._purse(holder, kind).on(day_of(slot.start))
        sold = [pack for pack in means.packs if self._sold_on[pack.key] <= on]
        if slot not in self._stints:
            self._stints[slot] = stints_of(self._opening, slot)
        return compose_quote(self._stints[slot], replace(means, packs=sold))

    def use(self, holder: User | None, kind: SpaceKind, slot: Slot, quote: Quote | None) -> None:
        """What a booking takes of what is offered or paid ahead is not there for the next one."""
        if quote:
            self._purse(holder, kind).spend(quote, day_of(slot.start))

    def _purse(self, holder: User | None, kind: SpaceKind) -> Purse:
        if (holder, kind) not in self._purses:
            self._purses[holder, kind] = read_purse(
                telecentre=self._place, kind=kind, holder=holder, first=FIRST_DAY, last=LAST_DAY
            )
        return self._purses[holder, kind]
