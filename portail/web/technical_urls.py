from django.urls import path

from portail.web.robots_views import favicon, robots
from portail.web.silhouette_views import silhouette
from portail.web.stylesheet_views import territory_stylesheet

urlpatterns = [
    path("territoire.css", territory_stylesheet, name="territory-stylesheet"),
    path("silhouette.svg", silhouette, name="silhouette"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]
