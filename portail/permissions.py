"""What each role may do with what the agency writes."""

from territoires.permissions import Table, everything

PERMISSIONS: Table = {
    "administrator": everything("portail", "page", "newsitem"),
    "officer": everything("portail", "page", "newsitem"),
}
