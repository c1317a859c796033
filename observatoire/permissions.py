"""Who may read the figures kept day by day."""

from territoires.permissions import Table, reading

PERMISSIONS: Table = {
    "administrator": reading("observatoire", "snapshot"),
    "officer": reading("observatoire", "snapshot"),
}
