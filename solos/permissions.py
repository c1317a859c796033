"""What each role may do with the directory."""

from territoires.permissions import Table, everything, reading

# Who leaves is withdrawn or erased: a profile is never deleted by hand.
PROFILE = frozenset({"solos.view_solo", "solos.add_solo", "solos.change_solo"})
PROOFS = reading("solos", "fieldconsent", "statechange")
SEARCHES = reading("solos", "countedsearch")
# Found by the machine; an officer makes one record of two, or tells them apart.
DOUBLES = frozenset({"solos.view_possibledouble", "solos.change_possibledouble"})
LISTS = everything("solos", "sector", "trade", "directorysettings")
OFFICER = PROFILE | PROOFS | SEARCHES | DOUBLES | LISTS

PERMISSIONS: Table = {
    "administrator": OFFICER,
    "officer": OFFICER,
    "programme_officer": PROOFS | reading("solos", "solo", "sector", "trade"),
}
