from django.urls import path

from solos.web.card_views import card, code
from solos.web.contact_views import report, write
from solos.web.views import directory, directory_csv, solo

urlpatterns = [
    path("", directory, name="directory"),
    path("annuaire.csv", directory_csv, name="directory-csv"),
    path("<slug:slug>/", solo, name="solo"),
    path("<slug:slug>/carte.vcf", card, name="solo-card"),
    path("<slug:slug>/code.svg", code, name="solo-code"),
    path("<slug:slug>/ecrire/", write, name="solo-write"),
    path("<slug:slug>/signaler/", report, name="solo-report"),
]
