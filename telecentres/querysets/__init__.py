from telecentres.querysets.booking import (
    COMES_EARLY,
    LONGEST,
    LONGEST_BUFFER,
    LONGEST_WAIT,
    SHORT,
    BookingQuerySet,
    VisitorHoldQuerySet,
    WaitQuerySet,
)
from telecentres.querysets.rights import (
    EnrolmentQuerySet,
    PackQuerySet,
    RightsGroupQuerySet,
    TermsQuerySet,
)
from telecentres.querysets.telecentre import (
    ExtraQuerySet,
    OfTelecentre,
    SpaceQuerySet,
    TelecentreQuerySet,
)

__all__ = [
    "COMES_EARLY",
    "LONGEST",
    "LONGEST_BUFFER",
    "LONGEST_WAIT",
    "SHORT",
    "BookingQuerySet",
    "EnrolmentQuerySet",
    "ExtraQuerySet",
    "OfTelecentre",
    "PackQuerySet",
    "RightsGroupQuerySet",
    "SpaceQuerySet",
    "TelecentreQuerySet",
    "TermsQuerySet",
    "VisitorHoldQuerySet",
    "WaitQuerySet",
]
