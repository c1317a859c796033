"""Figures are counts: nobody can be told from them."""

from registre.flags import nothing_personal

PERSONAL_DATA = [
    nothing_personal("observatoire.Snapshot", {"id", "territory", "indicator", "day", "value"})
]
