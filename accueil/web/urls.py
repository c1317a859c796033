from django.urls import path

from accueil.web.views import session, sessions

urlpatterns = [
    path("", sessions, name="sessions"),
    path("<slug:slug>/", session, name="session"),
]
