from django.urls import path

from telecentres.web.booking_views import book_slot, choose_slot, start_booking, wait_for_slot
from telecentres.web.finding_views import telecentres
from telecentres.web.on_site_views import arrival, door_screen
from telecentres.web.series_views import book_several
from telecentres.web.views import telecentre
from telecentres.web.visitor_views import book_visit, move_visit
from telecentres.web.week_views import week_grid

urlpatterns = [
    path("", telecentres, name="telecentres"),
    path("<slug:slug>/", telecentre, name="telecentre"),
    path("<slug:slug>/ecran/", door_screen, name="door-screen"),
    path("<slug:slug>/arrivee/<slug:secret>/", arrival, name="arrival"),
    path("<slug:slug>/semaine/<slug:kind>/", week_grid, name="week-grid"),
    path("<slug:slug>/reserver/", start_booking, name="start-booking"),
    path("<slug:slug>/reserver/<slug:kind>/", choose_slot, name="choose-slot"),
    path("<slug:slug>/reserver/<slug:kind>/confirmer/", book_slot, name="book-slot"),
    path("<slug:slug>/reserver/<slug:kind>/plusieurs/", book_several, name="book-several"),
    path("<slug:slug>/reserver/<slug:kind>/sans-compte/", book_visit, name="book-visit"),
    path("<slug:slug>/reserver/<slug:kind>/deplacer/", move_visit, name="move-visit"),
    path("<slug:slug>/reserver/<slug:kind>/attendre/", wait_for_slot, name="wait-for-slot"),
]
