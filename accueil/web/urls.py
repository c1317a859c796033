from django.urls import path

from accueil.web.agenda_views import agenda, agenda_file, session_file
from accueil.web.views import session, sessions

urlpatterns = [
    path("agenda/", agenda, name="agenda"),
    path("agenda/agenda.ics", agenda_file, name="agenda-file"),
    path("sessions/", sessions, name="sessions"),
    path("sessions/<slug:slug>/", session, name="session"),
    path("sessions/<slug:slug>/agenda.ics", session_file, name="session-file"),
]
