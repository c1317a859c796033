"""What each role may do with the telecentres."""

from territoires.permissions import Table, everything, reading

HOURS = ("openinghours", "season", "exceptionalhours")
# A booking is written by its acts, and its history by them alone.
BOOKINGS = reading("telecentres", "booking", "bookingchange", "wait") | {
    "telecentres.change_booking"
}
# A payment is written once: a mistake is paid back.
MONEY = (
    everything("telecentres", "tariff", "extra", "freeallowance", "pack")
    | reading("telecentres", "bookingline", "payment")
    | {"telecentres.add_payment"}
)
PEOPLE = ("rightsgroup", "rightsmember", "enrolment")
OFFICER = (
    everything("telecentres", "telecentre", "space", "usestatement", *HOURS, *PEOPLE)
    | BOOKINGS
    | MONEY
)

PERMISSIONS: Table = {
    "administrator": OFFICER | everything("telecentres", "telecentregrant"),
    "officer": OFFICER,
    "programme_officer": reading(
        "telecentres", "telecentre", "space", "usestatement", "enrolment", *HOURS
    ),
    "manager": everything("telecentres", "space", "usestatement", *HOURS)
    | BOOKINGS
    | MONEY
    | reading("telecentres", "rightsgroup")
    | {"telecentres.view_telecentre", "telecentres.change_telecentre"},
}
