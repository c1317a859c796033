"""Who may read the journal, and erase. Plain words: the ground knows no role."""

READING = frozenset({"registre.view_consentwording"})
WATCHING = frozenset(
    {"registre.view_journalentry", "registre.view_erasure", "registre.add_erasure"}
)

PERMISSIONS = {"administrator": READING | WATCHING, "officer": READING}
