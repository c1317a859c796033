"""The mails of the directory, which the agency may word anew."""

from solos.messages.alerts import ALERT_ASKED, ALERT_ENDING, ALERT_NEWS
from solos.messages.profiles import (
    ARCHIVED,
    CONTACT,
    CONTACT_COPY,
    EDIT_ONLINE,
    EDIT_RETURNED,
    FADED,
    INVITATION,
    LINK_AGAIN,
    ONLINE,
    RETURNED,
    REVIEW,
    SILENT,
    TO_BE_ARCHIVED,
)

MESSAGES = [
    INVITATION,
    ONLINE,
    RETURNED,
    EDIT_ONLINE,
    EDIT_RETURNED,
    LINK_AGAIN,
    CONTACT,
    CONTACT_COPY,
    REVIEW,
    FADED,
    SILENT,
    TO_BE_ARCHIVED,
    ARCHIVED,
    ALERT_ASKED,
    ALERT_NEWS,
    ALERT_ENDING,
]

__all__ = [
    "ALERT_ASKED",
    "ALERT_ENDING",
    "ALERT_NEWS",
    "ARCHIVED",
    "CONTACT",
    "CONTACT_COPY",
    "EDIT_ONLINE",
    "EDIT_RETURNED",
    "FADED",
    "INVITATION",
    "LINK_AGAIN",
    "MESSAGES",
    "ONLINE",
    "RETURNED",
    "REVIEW",
    "SILENT",
    "TO_BE_ARCHIVED",
]
