"""What every page's frame shows, whoever composed the page."""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portail.demo.accounts import PASSWORD, accounts_of
from portail.domain.menus import SiteMenu
from territoires.domain.colours import palette
from territoires.web.middleware import territory_or_none


def site(request: HttpRequest) -> dict[str, Any]:
    territory = territory_or_none(request)
    return {
        "demo": settings.DEMO,
        "demo_accounts": accounts_of(territory) if settings.DEMO else (),
        "demo_password": PASSWORD if settings.DEMO else "",
        "site_menu": SiteMenu(territory),
        "colours_version": (
            _colours_version(territory.brand_colour, territory.accent_colour) if territory else ""
        ),
    }


@lru_cache(maxsize=256)
def _colours_version(brand: str, accent: str) -> str:
    """Changes with the palette: a browser keeps the old stylesheet under the old address."""
    return sha256(repr(palette(brand, accent)).encode()).hexdigest()[:8]
