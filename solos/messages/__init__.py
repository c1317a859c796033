"""The mails of the directory, which the agency may word anew."""

from solos.messages import alerts, profiles

MESSAGES = [*profiles.MESSAGES, *alerts.MESSAGES]
