"""The table of contents. Addresses are French words; the same words stand under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.static import serve

from config.views import healthz, readyz
from images.web.addresses import DrawnFileConverter

register_converter(DrawnFileConverter, "drawn_file")
admin.autodiscover()

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("gestion/", admin.site.urls),
    path("api/v1/", include("portail.api.urls")),
    path("", include("portail.web.technical_urls")),
    path("media/<drawn_file:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
]

urlpatterns += i18n_patterns(
    path("", include("portail.web.urls")),
    path("compte/", include("comptes.web.urls")),
    path("annuaire/", include("solos.web.urls")),
    path("", include("solos.web.own_urls")),
    path("", include("solos.web.alert_urls")),
    path("telecentres/", include("telecentres.web.urls")),
    path("", include("telecentres.web.own_urls")),
    path("", include("accueil.web.urls")),
    path("", include("observatoire.web.urls")),
    prefix_default_language=False,
)

handler400 = "portail.web.errors.bad_request"
handler403 = "portail.web.errors.forbidden"
handler404 = "portail.web.errors.not_found"
handler500 = "portail.web.errors.server_error"
