from django.urls import path

from telecentres.web.views import telecentre, telecentres

urlpatterns = [
    path("", telecentres, name="telecentres"),
    path("<slug:slug>/", telecentre, name="telecentre"),
]
