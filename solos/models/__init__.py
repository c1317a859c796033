from solos.models.contact import ContactMessage
from solos.models.settings import DirectorySettings
from solos.models.solo import FieldConsent, Solo, StateChange
from solos.models.trade import Sector, Trade

__all__ = [
    "ContactMessage",
    "DirectorySettings",
    "FieldConsent",
    "Sector",
    "Solo",
    "StateChange",
    "Trade",
]
