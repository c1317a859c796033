"""What is taken beside a space: which may be, at what price, and whether there are enough of them.

Of what is lent there are so many at once. Whoever takes or moves some locks the place first, and
counts those promised meanwhile: a booking given back frees its own by its state alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from telecentres.domain.errors import ExtraTaken, ExtraTooLate, ExtraTooMany, NoSuchExtra
from telecentres.domain.locks import lock_place
from telecentres.domain.prices import Line, line_of
from telecentres.enums import BookingState, LineKind
from telecentres.models import Booking, BookingLine, Extra, Space, Telecentre


def offered_extras(space: Space) -> list[Extra]:
    """Those that one may add to a booking of that space, or of one of its kind in its place."""
    return list(
        Extra.objects.filter(telecentre=space.telecentre_id).offered().going_with(space.kind)
    )


def extra_lines(
    *, space: Space, wanted: Mapping[int, int] | None, people: int, left: timedelta | None = None
) -> tuple[Line, ...]:
    """What is wanted, by key, as lines at the prices of now; nothing wanted, without a query.

    `left`: the time before the booking begins, where the notice of each binds. Raises NoSuchExtra
    for one that is not offered there, ExtraTooMany for a number out of bounds, ExtraTooLate.
    """
    if not wanted:
        return ()
    offered = {extra.pk: extra for extra in offered_extras(space)}
    if missing := wanted.keys() - offered.keys():
        here = Extra.objects.filter(telecentre=space.telecentre_id, pk__in=missing)
        raise NoSuchExtra(tuple(here.order_by("name").values_list("name", flat=True)))
    some = [(extra, wanted[key]) for key, extra in offered.items() if key in wanted]
    for extra, number in some:
        if not 1 <= number <= extra.most_for(people):
            raise ExtraTooMany(extra.name, extra.most_for(people))
        if left is not None:
            _check_notice(extra, left)
    return tuple(line_of_extra(extra, number) for extra, number in some)


def line_of_extra(extra: Extra, number: int) -> Line:
    """So many of it, at its price and under its name of now."""
    return Line(LineKind.EXTRA, "", number, extra.price, extra_id=extra.pk, label=extra.name)


def kept_extras(booking: Booking) -> tuple[Line, ...]:
    """What a booking holds already, at the prices of when it was taken."""
    rows = booking.lines.filter(kind=LineKind.EXTRA)
    return tuple(line_of(row) for row in rows)


def in_words(rows: Iterable[BookingLine]) -> str:
    """Those of the lines that are extras: “2 × Café d’accueil, Vidéoprojecteur”."""
    return ", ".join(line_of(row).words for row in rows if row.kind == LineKind.EXTRA)


def check_extras_notice(lines: Sequence[Line], left: timedelta) -> None:
    """Whether what was taken may be prepared in the time left. Raises ExtraTooLate."""
    for extra in _extras_of(lines):
        _check_notice(extra, left)


def _check_notice(extra: Extra, left: timedelta) -> None:
    if left < timedelta(hours=extra.notice):
        raise ExtraTooLate(extra.name, extra.notice)


def lock_stock(telecentre: Telecentre, lines: Sequence[Line]) -> None:
    """Let nobody else take any meanwhile; before a space is taken, once the account is locked."""
    if lines:
        lock_place(telecentre.pk)


def check_stock(booking: Booking, lines: Sequence[Line]) -> None:
    """Whether there are enough of them while the booking lasts; `lock_stock` came before.

    Raises ExtraTaken.
    """
    limited = {extra.pk: extra for extra in _extras_of(lines) if extra.stock is not None}
    if not limited:
        return
    others = BookingLine.objects.filter(
        extra__in=limited,
        booking__state__in=BookingState.holding(),
        booking__period__overlap=booking.period,
    ).exclude(booking=booking)
    taken: dict[int, list[tuple[DateTimeTZRange, int]]] = {key: [] for key in limited}
    for key, period, quantity in others.values_list("extra", "booking__period", "quantity"):
        taken[key].append((period, quantity))
    for line in lines:
        if (extra := limited.get(line.extra_id or 0)) and extra.stock is not None:
            left = extra.stock - most_at_once(taken[extra.pk])
            if line.quantity > left:
                raise ExtraTaken(extra.name, max(left, 0))


def most_at_once(taken: Sequence[tuple[DateTimeTZRange, int]]) -> int:
    """The highest number held at one moment, which is when some period begins."""
    return max(
        (
            sum(number for other, number in taken if period.lower in other)
            for period, _number in taken
        ),
        default=0,
    )


def _extras_of(lines: Sequence[Line]) -> list[Extra]:
    """As they are now; none, without a query."""
    keys = [line.extra_id for line in lines if line.extra_id]
    return list(Extra.objects.filter(pk__in=keys)) if keys else []
