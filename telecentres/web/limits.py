"""How much one network may book or change: far more than a team needs, far less than a program."""

from jetons.domain.allowances import Limit

BOOKING_NETWORK = Limit("reserver-reseau", most=60, seconds=60 * 60)
