from django.urls import path

from telecentres.web.account_views import own_accounts
from telecentres.web.own_views import own_booking, own_booking_file, own_bookings

urlpatterns = [
    path("espace/comptes/", own_accounts, name="own-accounts"),
    path("espace/reservations/", own_bookings, name="own-bookings"),
    path("espace/reservations/<slug:reference>/", own_booking, name="own-booking"),
    path("espace/reservations/<slug:reference>.ics", own_booking_file, name="own-booking-file"),
]
