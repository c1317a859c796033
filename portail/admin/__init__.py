from portail.admin.access import (
    ProgrammeGrantAdmin,
    TelecentreGrantAdmin,
    TerritoryGrantAdmin,
    VillageGrantAdmin,
)
from portail.admin.news import NewsItemAdmin
from portail.admin.pages import PageAdmin
from portail.admin.pictures import PictureAdmin

__all__ = [
    "NewsItemAdmin",
    "PageAdmin",
    "PictureAdmin",
    "ProgrammeGrantAdmin",
    "TelecentreGrantAdmin",
    "TerritoryGrantAdmin",
    "VillageGrantAdmin",
]
