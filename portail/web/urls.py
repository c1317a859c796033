from django.urls import include, path

from portail.web.home_views import home
from portail.web.legal_views import accessibility, legal_notice, privacy
from portail.web.members_views import members_space
from portail.web.my_data_views import erase_me, my_data, my_data_file
from portail.web.news_views import news, news_feed, news_item
from portail.web.page_views import page, press
from portail.web.place_views import commune, village, villages
from portail.web.search_views import search_page
from portail.web.site_map_views import site_map

urlpatterns = [
    path("", home, name="home"),
    path("carte/", include("portail.web.map_urls")),
    path("villages/", villages, name="villages"),
    path("villages/<slug:slug>/", village, name="village"),
    path("communes/<str:insee>/", commune, name="commune"),
    path("pages/<slug:slug>/", page, name="page"),
    path("presse/", press, name="press"),
    path("actualites/", news, name="news"),
    path("actualites/flux.xml", news_feed, name="news-feed"),
    path("actualites/<slug:slug>/", news_item, name="news-item"),
    path("recherche/", search_page, name="search"),
    path("plan-du-site/", site_map, name="site-map"),
    path("espace/", members_space, name="members-space"),
    path("espace/mes-donnees/", my_data, name="my-data"),
    path("espace/mes-donnees.json", my_data_file, name="my-data-file"),
    path("espace/effacer-mes-donnees/", erase_me, name="erase-me"),
    path("accessibilite/", accessibility, name="accessibility"),
    path("mentions-legales/", legal_notice, name="legal-notice"),
    path("donnees-personnelles/", privacy, name="privacy"),
]
