"""What is locked before it changes, always in this order: the account, the place, the booking."""

from telecentres.models import Booking, Telecentre


def lock_place(key: int) -> Telecentre:
    """Nobody else joins its lines, or gives a space back there, until the transaction ends."""
    rows = Telecentre.objects.select_related("commune").defer("words", "commune__centre")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=key)


def lock_booking(booking: Booking) -> Booking:
    """As it stands now, until the transaction ends; its place is locked before it."""
    lock_place(booking.space.telecentre_id)
    rows = Booking.objects.with_all_told()
    return rows.select_for_update(of=("self",), no_key=True).get(pk=booking.pk)
