"""The name and the colours under which a territory writes."""

from urllib.parse import urlsplit

from django.conf import settings

from courrier.domain.brand import Brand, Sender
from territoires.domain.colours import palette
from territoires.models import Territory


def brand_of(territory: Territory) -> Brand:
    colours = palette(territory.brand_colour, territory.accent_colour)
    light, dark = colours["light"], colours["dark"]
    return Brand(
        name=territory.name,
        agency=territory.agency_name,
        site=site_address(territory),
        colour=light["brand"],
        ink=light["brand-ink"],
        link=light["brand"],
        night_link=dark["brand"],
        contact=territory.contact_email,
        address=territory.contact_address,
    )


def sender_of(territory: Territory | None) -> Sender:
    """Who writes for a territory; before the first one exists, the platform under its own name."""
    if territory:
        return Sender(territory, brand_of(territory))
    nobody = Territory(name="Solos", agency_name="Solos")
    return Sender(None, brand_of(nobody))


def site_address(territory: Territory) -> str:
    """Its site, without the last slash: its own host name, at the scheme and port of all sites."""
    common = urlsplit(settings.SITE_URL)
    host = territory.host_name or common.hostname or "localhost"
    port = f":{common.port}" if common.port else ""
    return f"{common.scheme}://{host}{port}"


def site_name(territory: Territory) -> str:
    """The host name of its site alone: what its calendars' entries are named after."""
    return urlsplit(site_address(territory)).hostname or ""
