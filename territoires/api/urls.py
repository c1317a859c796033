from django.urls import path

from territoires.api.views import CommuneDetail, CommuneList, VillageDetail, VillageList

urlpatterns = [
    path("communes/", CommuneList.as_view(), name="api-communes"),
    path("communes/<str:insee_code>/", CommuneDetail.as_view(), name="api-commune"),
    path("villages/", VillageList.as_view(), name="api-villages"),
    path("villages/<str:slug>/", VillageDetail.as_view(), name="api-village"),
]
