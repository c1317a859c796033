from django.urls import path

from telecentres.web.account_views import own_accounts, own_receipt_file, own_statement_file
from telecentres.web.feed_views import feed, own_feed
from telecentres.web.own_views import (
    give_back_following,
    leave,
    own_booking,
    own_booking_file,
    own_bookings,
    set_reminders,
    take_offer,
)
from telecentres.web.visitor_views import confirm_visit, visitor_booking, visitor_booking_file

PREFIX = "espace/reservations/"

urlpatterns = [
    path("espace/comptes/", own_accounts, name="own-accounts"),
    path("espace/comptes/recus/<int:pk>.pdf", own_receipt_file, name="own-receipt-file"),
    path("espace/comptes/<slug:slug>/releve.pdf", own_statement_file, name="own-statement-file"),
    path(PREFIX, own_bookings, name="own-bookings"),
    # Before the references: none of them is a word.
    path(f"{PREFIX}agenda/", own_feed, name="own-feed"),
    path(f"{PREFIX}rappels/", set_reminders, name="set-reminders"),
    path(f"{PREFIX}attentes/<int:pk>/quitter/", leave, name="leave-line"),
    path(f"{PREFIX}<slug:reference>/", own_booking, name="own-booking"),
    path(f"{PREFIX}<slug:reference>/prendre/", take_offer, name="take-offer"),
    path(f"{PREFIX}<slug:reference>/suivantes/", give_back_following, name="give-back-following"),
    path(f"{PREFIX}<slug:reference>.ics", own_booking_file, name="own-booking-file"),
    path("reservations/<str:token>/confirmer/", confirm_visit, name="confirm-visit"),
    path("reservations/<str:token>/", visitor_booking, name="visitor-booking"),
    path("reservations/<str:token>.ics", visitor_booking_file, name="visitor-booking-file"),
    path("agendas/<str:token>.ics", feed, name="feed"),
]
