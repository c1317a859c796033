from django.urls import include, path

from portail.web.home_views import home
from portail.web.legal_views import accessibility, legal_notice, privacy
from portail.web.members_views import members_space, sign_out
from portail.web.place_views import commune, village, villages
from portail.web.search_views import search_page
from portail.web.site_map_views import site_map

urlpatterns = [
    path("", home, name="home"),
    path("carte/", include("portail.web.map_urls")),
    path("villages/", villages, name="villages"),
    path("villages/<slug:slug>/", village, name="village"),
    path("communes/<str:insee>/", commune, name="commune"),
    path("recherche/", search_page, name="search"),
    path("plan-du-site/", site_map, name="site-map"),
    path("espace/", members_space, name="members-space"),
    path("espace/deconnexion/", sign_out, name="sign-out"),
    path("accessibilite/", accessibility, name="accessibility"),
    path("mentions-legales/", legal_notice, name="legal-notice"),
    path("donnees-personnelles/", privacy, name="privacy"),
]
