from django.urls import path

from observatoire.web.views import figures_csv, observatory, programme, programmes

urlpatterns = [
    path("observatoire/", observatory, name="observatory"),
    path("observatoire/chiffres.csv", figures_csv, name="figures-csv"),
    path("programmes/", programmes, name="programmes"),
    path("programmes/<slug:slug>/", programme, name="programme"),
]
