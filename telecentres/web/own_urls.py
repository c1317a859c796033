from django.urls import path

from telecentres.web.feed_views import feed, own_feed
from telecentres.web.own_views import own_booking, own_booking_file, own_bookings

urlpatterns = [
    path("espace/reservations/", own_bookings, name="own-bookings"),
    # Before the references: none of them is a word.
    path("espace/reservations/agenda/", own_feed, name="own-feed"),
    path("espace/reservations/<slug:reference>/", own_booking, name="own-booking"),
    path("espace/reservations/<slug:reference>.ics", own_booking_file, name="own-booking-file"),
    path("agendas/<str:token>.ics", feed, name="feed"),
]
