from django.urls import path

from solos.web.alert_views import confirm, save, stop

urlpatterns = [
    path("alertes/", save, name="alert-save"),
    path("alertes/<str:token>/confirmer/", confirm, name="alert-confirm"),
    path("alertes/<str:token>/arreter/", stop, name="alert-stop"),
]
