from django.urls import path

from telecentres.web.own_views import own_booking, own_booking_file, own_bookings

urlpatterns = [
    path("espace/reservations/", own_bookings, name="own-bookings"),
    path("espace/reservations/<slug:reference>/", own_booking, name="own-booking"),
    path("espace/reservations/<slug:reference>.ics", own_booking_file, name="own-booking-file"),
]
