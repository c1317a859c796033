"""What each role may do with the directory."""

from territoires.permissions import Table, everything, reading

# Who leaves is withdrawn or erased: a profile is never deleted by hand.
PROFILE = frozenset({"solos.view_solo", "solos.add_solo", "solos.change_solo"})
PROOFS = reading("solos", "fieldconsent", "statechange")
SEARCHES = reading("solos", "countedsearch")
OFFICER = PROFILE | PROOFS | SEARCHES | everything("solos", "sector", "trade", "directorysettings")

PERMISSIONS: Table = {
    "administrator": OFFICER,
    "officer": OFFICER,
    "programme_officer": PROOFS | reading("solos", "solo", "sector", "trade"),
}
