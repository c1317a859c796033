from courrier.models import OutgoingMail
from telecentres.domain.holds import forget_hold
from telecentres.models import Booking, VisitorHold
from tests.factories import BookingFactory, OutgoingMailFactory, VisitorHoldFactory


def test_forget_hold_takes_who_asked_and_their_mail_away(db):
    hold = VisitorHoldFactory(mail=OutgoingMailFactory())
    other, unrelated = VisitorHoldFactory(mail=OutgoingMailFactory()), OutgoingMailFactory()

    forget_hold(hold.booking)

    assert list(VisitorHold.objects.all()) == [other]
    assert set(OutgoingMail.objects.all()) == {other.mail, unrelated}
    assert Booking.objects.count() == 2


def test_forget_hold_of_a_booking_that_has_none_changes_nothing(db):
    OutgoingMailFactory()

    forget_hold(BookingFactory())

    assert OutgoingMail.objects.count() == 1
