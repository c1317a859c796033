"""The back-office of the directory."""

from solos.admin.settings import DirectorySettingsAdmin
from solos.admin.solo import SoloAdmin
from solos.admin.trades import SectorAdmin, TradeAdmin

__all__ = ["DirectorySettingsAdmin", "SectorAdmin", "SoloAdmin", "TradeAdmin"]
