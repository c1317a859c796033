"""Where a booking is seen, and a calendar followed: on the site of its territory."""

from django.urls import reverse

from telecentres.models import Booking
from territoires.domain.brand import site_address
from territoires.models import Territory


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
