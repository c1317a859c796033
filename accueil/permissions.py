"""What each role may do with what the agency organises."""

from territoires.permissions import Table, everything, reading

PERMISSIONS: Table = {
    "administrator": everything("accueil", "event"),
    "officer": everything("accueil", "event"),
    "programme_officer": reading("accueil", "event"),
}
