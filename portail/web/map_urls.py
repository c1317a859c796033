from django.urls import path

from portail.web.map_views import communes_geojson, map_page, places_json, points_geojson

urlpatterns = [
    path("", map_page, name="map"),
    path("communes.geojson", communes_geojson, name="map-communes"),
    path("points.geojson", points_geojson, name="map-points"),
    path("lieux.json", places_json, name="map-places"),
]
