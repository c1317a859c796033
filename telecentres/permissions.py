"""What each role may do with the telecentres."""

from territoires.permissions import Table, everything, reading

HOURS = ("openinghours", "season", "exceptionalhours")
# A booking is written by its acts, and its history by them alone.
BOOKINGS = reading("telecentres", "booking", "bookingchange") | {"telecentres.change_booking"}
OFFICER = everything("telecentres", "telecentre", "space", "usestatement", *HOURS) | BOOKINGS

PERMISSIONS: Table = {
    "administrator": OFFICER | everything("telecentres", "telecentregrant"),
    "officer": OFFICER,
    "programme_officer": reading("telecentres", "telecentre", "space", "usestatement", *HOURS),
    "manager": everything("telecentres", "space", "usestatement", *HOURS)
    | BOOKINGS
    | {"telecentres.view_telecentre", "telecentres.change_telecentre"},
}
