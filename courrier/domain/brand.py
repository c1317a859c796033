"""Under whose name and colours a mail leaves. The ground knows no territory: it is told."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from territoires.models import Territory

HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Brand:
    """`ink` reads on `colour`; `link` on white, `night_link` on the night's near-black."""

    name: str
    agency: str
    # Without its last slash.
    site: str
    colour: str
    ink: str
    link: str
    night_link: str
    contact: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        # They end up in a stylesheet, where a value could close a rule and open another.
        for colour in (self.colour, self.ink, self.link, self.night_link):
            if not HEX.fullmatch(colour):
                raise ValueError(f"{colour} is not a colour")


@dataclass(frozen=True)
class Sender:
    """Who writes: a territory and its brand; on an installation without any, the platform."""

    territory: "Territory | None"
    brand: Brand


def brand_of(territory: "Territory") -> Brand:
    """The brand of a territory, as the app above that MAIL_BRAND names makes it."""
    return cast("Brand", import_string(settings.MAIL_BRAND)(territory))
