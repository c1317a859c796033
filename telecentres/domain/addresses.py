"""Where a booking is seen: on the site of its territory, by its holder or by the office."""

from django.urls import reverse

from telecentres.models import Booking
from territoires.domain.brand import site_address


def own_address(booking: Booking) -> str:
    path = reverse("own-booking", args=[booking.reference])
    return f"{site_address(booking.territory)}{path}"


def office_address(booking: Booking) -> str:
    path = reverse("admin:telecentres_booking_change", args=[booking.pk])
    return f"{site_address(booking.territory)}{path}"
