"""The codes to print and stick on each space of a place: whoever reads one says that they came."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from telecentres.admin.place_pages import PlacePages
from telecentres.models import Space
from territoires.domain.brand import site_address


class CodePages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("codes", self.codes_view, "codes"), *super().get_urls()]

    def codes_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        place = self.place_of(request, telecentre_id, "telecentres.change_space")
        site = site_address(place.territory)
        spaces = place.spaces.select_related("telecentre").in_reading_order()
        addresses = [(space, f"{site}{_path(space)}") for space in spaces]
        labels = [(space, address, qr_drawing(address)) for space, address in addresses]
        screen = f"{site}{reverse('door-screen', args=[place.slug])}"
        return self.place_page(request, place, "codes", labels=labels, screen=screen)


def qr_drawing(text: str) -> SafeString:
    """A QR code as an SVG that takes the size of what holds it: black on white, margin included."""
    code: Any = segno.make(text, error="m", micro=False)
    drawing: str = code.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return mark_safe(drawing)  # noqa: S308  (drawn by segno, which writes nothing of the text)


def _path(space: Space) -> str:
    """In the site's first language: it is printed once, for everyone."""
    with override(settings.LANGUAGE_CODE):
        return reverse("arrival", args=[space.telecentre.slug, space.arrival_secret])
