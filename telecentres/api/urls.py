from django.urls import path

from telecentres.api.availability import Availability
from telecentres.api.views import TelecentreDetail, TelecentreList

urlpatterns = [
    path("telecentres/", TelecentreList.as_view(), name="api-telecentres"),
    path("telecentres/<str:slug>/", TelecentreDetail.as_view(), name="api-telecentre"),
    path("telecentres/<str:slug>/availability/", Availability.as_view(), name="api-availability"),
]
