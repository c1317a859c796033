"""Where a booking is seen, and a calendar followed: on the site of its territory."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from jetons.domain.links import issue_link
from telecentres.enums import BookingOrigin
from telecentres.models import Booking
from territoires.domain.brand import site_address
from territoires.models import Territory

# The purpose of the personal link by which someone without account follows their booking.
FOLLOW = "reservation"
# A link outlives what it is about: one may look for the price, or the reference.
OUTLIVES = timedelta(days=7)


def link_subject(booking: Booking) -> str:
    return f"reservation:{booking.pk}"


def holder_address(booking: Booking) -> str:
    """Where its holder sees it: without account, by a personal link made anew each time."""
    if booking.origin != BookingOrigin.VISITOR:
        return own_address(booking)
    path = reverse("visitor-booking", args=[follow_token(booking)])
    return f"{site_address(booking.territory)}{path}"


def follow_token(booking: Booking) -> str:
    """Of a link that shows this booking, and gives it back, until a week after its end."""
    left = booking.period.upper - timezone.now()
    lasts = max(left, timedelta()) + OUTLIVES
    return issue_link(purpose=FOLLOW, subject=link_subject(booking), lasts=lasts)


def place_address(booking: Booking) -> str:
    path = reverse("telecentre", args=[booking.space.telecentre.slug])
    return f"{site_address(booking.territory)}{path}"


def own_address(booking: Booking) -> str:
    path = reverse("own-booking", args=[booking.reference])
    return f"{site_address(booking.territory)}{path}"


def all_own_address(territory: Territory) -> str:
    return f"{site_address(territory)}{reverse('own-bookings')}"


def office_address(booking: Booking) -> str:
    path = reverse("admin:telecentres_booking_change", args=[booking.pk])
    return f"{site_address(booking.territory)}{path}"


def feed_address(territory: Territory, token: str) -> str:
    return f"{site_address(territory)}{reverse('feed', args=[token])}"
