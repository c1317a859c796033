from django.urls import path

from observatoire.web.views import observatory, programme

urlpatterns = [
    path("observatoire/", observatory, name="observatory"),
    path("programmes/<slug:slug>/", programme, name="programme"),
]
