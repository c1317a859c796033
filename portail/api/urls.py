"""The API's table of contents: what siblings offer is put side by side here."""

from django.urls import include, path, re_path

from portail.api.views import Nothing, Root, Schema, schema_page

urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("", include("territoires.api.urls")),
    path("", include("telecentres.api.urls")),
    path("", include("solos.api.urls")),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("schema/page/", schema_page, name="api-page"),
    re_path(r"^.*/$", Nothing.as_view()),
]
