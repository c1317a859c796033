"""What each role may do with the telecentres."""

from territoires.permissions import Table, everything, reading

OFFICER = everything("telecentres", "telecentre", "space", "openinghours")

PERMISSIONS: Table = {
    "administrator": OFFICER | everything("telecentres", "telecentregrant"),
    "officer": OFFICER,
    "programme_officer": reading("telecentres", "telecentre", "space", "openinghours"),
    "manager": everything("telecentres", "space", "openinghours")
    | {"telecentres.view_telecentre", "telecentres.change_telecentre"},
}
