from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from jetons.web.limits import limited
from jetons.web.once import once
from telecentres.api.availability import Availability
from telecentres.api.bookings import BookingCancel, BookingDetail, BookingList, BookingMove
from telecentres.api.limits import BOOKING_API
from telecentres.api.views import TelecentreDetail, TelecentreList
from territoires.api.answering import in_the_reader_language
from territoires.api.signed_in import SignedIn


def changing(view: type[SignedIn]) -> Callable[..., HttpResponseBase]:
    """Carried out once for each key, and so many times an hour."""
    return in_the_reader_language(limited(BOOKING_API)(once(view.as_view())))


urlpatterns = [
    path("telecentres/", TelecentreList.as_view(), name="api-telecentres"),
    path("telecentres/<str:slug>/", TelecentreDetail.as_view(), name="api-telecentre"),
    path("telecentres/<str:slug>/availability/", Availability.as_view(), name="api-availability"),
    path("bookings/", changing(BookingList), name="api-bookings"),
    path("bookings/<str:reference>/", BookingDetail.as_view(), name="api-booking"),
    path("bookings/<str:reference>/cancel/", changing(BookingCancel), name="api-cancel-booking"),
    path("bookings/<str:reference>/move/", changing(BookingMove), name="api-move-booking"),
]
