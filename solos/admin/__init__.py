"""The back-office of the directory."""

from solos.admin.merging import PossibleDoubleAdmin
from solos.admin.searches import CountedSearchAdmin
from solos.admin.settings import DirectorySettingsAdmin
from solos.admin.solo import SoloAdmin
from solos.admin.trades import SectorAdmin, TradeAdmin

__all__ = [
    "CountedSearchAdmin",
    "DirectorySettingsAdmin",
    "PossibleDoubleAdmin",
    "SectorAdmin",
    "SoloAdmin",
    "TradeAdmin",
]
