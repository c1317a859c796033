"""The back-office of the directory."""

from solos.admin.solo import SoloAdmin
from solos.admin.trades import SectorAdmin, TradeAdmin

__all__ = ["SectorAdmin", "SoloAdmin", "TradeAdmin"]
