from solos.models.solo import FieldConsent, Solo, StateChange
from solos.models.trade import Sector, Trade

__all__ = ["FieldConsent", "Sector", "Solo", "StateChange", "Trade"]
