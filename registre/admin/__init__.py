"""What administrators read of the register, and what every back-office that shows people uses."""

from registre.admin.journal import ErasureAdmin, JournalEntryAdmin
from registre.admin.wordings import ConsentWordingAdmin

__all__ = ["ConsentWordingAdmin", "ErasureAdmin", "JournalEntryAdmin"]
