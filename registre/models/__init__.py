from registre.models.consent import Consent, ConsentWording, one_in_force
from registre.models.erasure import Erasure
from registre.models.journal import JournalEntry

__all__ = ["Consent", "ConsentWording", "Erasure", "JournalEntry", "one_in_force"]
