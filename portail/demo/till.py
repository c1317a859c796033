"""What each booking of a year costs, as the domain composes it, read once for all of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from comptes.models import User
from telecentres.domain.calendar import Slot, day_of
from telecentres.domain.open_days import Opening
from telecentres.domain.prices import Means, PaidAhead, Quote, compose_quote
from telecentres.domain.stints import Stint, stints_of
from telecentres.enums import BookingUnit, LineKind, SpaceKind
from telecentres.models import FreeAllowance, Pack, RightsMember, Tariff, Telecentre


class Till:
    """Keeps what each holder has left of what is offered and paid ahead, as bookings come.

    `quotes` asks the database these questions again at each booking; here they come by thousands.
    """

    def __init__(self, place: Telecentre, opening: Opening) -> None:
        self._place, self._opening = place, opening
        # Whoever has several pays the least: the last one read.
        self._tariffs = list(Tariff.objects.filter(telecentre=place).order_by("-price"))
        self._allowances = list(FreeAllowance.objects.filter(telecentre=place))
        self._packs = list(Pack.objects.filter(telecentre=place).order_by("sold_on", "pk"))
        self._members = list(RightsMember.objects.filter(group__territory=place.territory_id))
        self._offered: Counter[tuple[int, SpaceKind, date]] = Counter()
        self._paid_ahead = Counter({pack.pk: pack.half_days for pack in self._packs})
        self._stints: dict[Slot, list[Stint]] = {}

    def quote(self, holder: User | None, kind: SpaceKind, slot: Slot, on: date) -> Quote | None:
        """The price of a slot booked on a day; None where the place writes none down."""
        if slot not in self._stints:
            self._stints[slot] = stints_of(self._opening, slot)
        return compose_quote(self._stints[slot], self._means(holder, kind, day_of(slot.start), on))

    def use(self, holder: User | None, kind: SpaceKind, slot: Slot, quote: Quote | None) -> None:
        """What a booking takes of what is offered or paid ahead is not there for the next one."""
        if holder is None or quote is None:
            return
        for line in quote.lines:
            if line.kind == LineKind.FREE:
                self._offered[holder.pk, kind, _month(day_of(slot.start))] += line.quantity
            elif line.pack_id is not None:
                self._paid_ahead[line.pack_id] -= line.quantity

    def _means(self, holder: User | None, kind: SpaceKind, day: date, on: date) -> Means:
        groups = self._groups(holder, day)
        prices = {
            BookingUnit(row.unit): row.price
            for row in self._tariffs
            if row.kind == kind and row.group_id in groups
        }
        offered = [
            row.half_days
            for row in self._allowances
            if row.kind == kind and row.group_id in groups and holder
        ]
        used = self._offered[holder.pk, kind, _month(day)] if holder else 0
        return Means(
            prices,
            offered=max(0, max(offered, default=0) - used),
            packs=list(self._left(holder, kind, on)),
            vat_rate=self._place.vat_rate,
        )

    def _groups(self, holder: User | None, day: date) -> set[int | None]:
        """None stands for everyone."""
        return {None} | {
            member.group_id
            for member in self._members
            if holder
            and member.user_id == holder.pk
            and member.starts_on <= day
            and (member.ends_on is None or member.ends_on >= day)
        }

    def _left(self, holder: User | None, kind: SpaceKind, on: date) -> Iterable[PaidAhead]:
        for pack in self._packs:
            is_theirs = holder and pack.holder_id == holder.pk and pack.kind == kind
            if is_theirs and pack.sold_on <= on and (left := self._paid_ahead[pack.pk]) > 0:
                yield PaidAhead(pack.pk, left)


def _month(day: date) -> date:
    return day.replace(day=1)
