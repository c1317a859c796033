"""What is known of whoever has yet to confirm a booking: gone as soon as it is answered."""

from courrier.models import OutgoingMail
from telecentres.models import Booking, VisitorHold


def forget_hold(booking: Booking) -> None:
    """Who asked, and the mail that was written to them: confirmed, it has said what it had to.

    In the transaction that answers the booking, or takes it back.
    """
    holds = VisitorHold.objects.filter(booking=booking)
    mails = list(holds.values_list("mail", flat=True))
    holds.delete()
    OutgoingMail.objects.filter(pk__in=mails).delete()
