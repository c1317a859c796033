from solos.models.contact import ContactMessage
from solos.models.doubles import FormerAddress, PossibleDouble
from solos.models.edit import ProposedEdit, UnreadEdit
from solos.models.search import CountedSearch, SavedSearch
from solos.models.settings import DirectorySettings
from solos.models.solo import FieldConsent, Solo, StateChange
from solos.models.trade import Sector, Trade

__all__ = [
    "ContactMessage",
    "CountedSearch",
    "DirectorySettings",
    "FieldConsent",
    "FormerAddress",
    "PossibleDouble",
    "ProposedEdit",
    "SavedSearch",
    "Sector",
    "Solo",
    "StateChange",
    "Trade",
    "UnreadEdit",
]
