"""Shared work places, what one can use there, when, who does, and what it costs."""

from telecentres.models.booking import Booking, BookingChange
from telecentres.models.enrolment import Enrolment
from telecentres.models.extra import Extra
from telecentres.models.grant import TelecentreGrant
from telecentres.models.line import BookingLine
from telecentres.models.opening import ExceptionalHours, OpeningHours, Season
from telecentres.models.payment import Payment
from telecentres.models.rights import RightsGroup, RightsMember
from telecentres.models.space import Space
from telecentres.models.tariff import FreeAllowance, Pack, Tariff
from telecentres.models.telecentre import Telecentre
from telecentres.models.use import UseStatement
from telecentres.models.visitor import VisitorHold
from telecentres.models.wait import Wait

__all__ = [
    "Booking",
    "BookingChange",
    "BookingLine",
    "Enrolment",
    "ExceptionalHours",
    "Extra",
    "FreeAllowance",
    "OpeningHours",
    "Pack",
    "Payment",
    "RightsGroup",
    "RightsMember",
    "Season",
    "Space",
    "Tariff",
    "Telecentre",
    "TelecentreGrant",
    "UseStatement",
    "VisitorHold",
    "Wait",
]
