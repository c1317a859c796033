from django.urls import path

from solos.web.views import directory, solo

urlpatterns = [
    path("", directory, name="directory"),
    path("<slug:slug>/", solo, name="solo"),
]
