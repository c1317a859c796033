"""Shared work places, what one can use there, when, and who does."""

from telecentres.models.booking import Booking, BookingChange
from telecentres.models.grant import TelecentreGrant
from telecentres.models.opening import ExceptionalHours, OpeningHours, Season
from telecentres.models.space import Space
from telecentres.models.telecentre import Telecentre
from telecentres.models.use import UseStatement

__all__ = [
    "Booking",
    "BookingChange",
    "ExceptionalHours",
    "OpeningHours",
    "Season",
    "Space",
    "Telecentre",
    "TelecentreGrant",
    "UseStatement",
]
