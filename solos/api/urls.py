from django.urls import path

from solos.api.views import SoloDetail, SoloList

urlpatterns = [
    path("solos/", SoloList.as_view(), name="api-solos"),
    path("solos/<str:slug>/", SoloDetail.as_view(), name="api-solo"),
]
