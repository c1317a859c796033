"""How much one network may book or change: far more than a team needs, far less than a program."""

from jetons.domain.allowances import Limit

BOOKING_NETWORK = Limit("reserver-reseau", most=60, seconds=60 * 60)
# The same of several bookings sent in one go.
SERIES_NETWORK = Limit("reserver-plusieurs-reseau", most=20, seconds=60 * 60)
# Places held for whoever has yet to confirm: each sends a mail, and keeps others out for a while. A
# telephone network and a shared office have one address for many people.
VISITOR_NETWORK = Limit("sans-compte-reseau", most=10, seconds=60 * 60)
# Addresses of calendars that open nothing: a program that still follows a few that were taken back
# comes every quarter of an hour; whoever guesses comes more often.
UNKNOWN_FEEDS_NETWORK = Limit("agenda-inconnu", most=100, seconds=60 * 60)
# Statements and receipts drawn for one member: each takes the processor for a fifth of a second.
PAPERS = Limit("releves-et-recus", most=60, seconds=60 * 60)
