"""How much a program of one network may book or change: as much as people do on the site."""

from jetons.domain.allowances import Limit

BOOKING_API = Limit("reserver-api", most=60, seconds=60 * 60)
