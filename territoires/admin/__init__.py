"""The back-office of territoires, and what every app's back-office is made of."""

from territoires.admin.data import DataVersionAdmin, ImportRunAdmin
from territoires.admin.organisations import OrganisationAdmin
from territoires.admin.places import CommuneAdmin, DepartmentAdmin, EpciAdmin, FormerCommuneAdmin
from territoires.admin.programmes import ProgrammeAdmin
from territoires.admin.territory import TerritoryAdmin
from territoires.admin.villages import HostVillageAdmin

__all__ = [
    "CommuneAdmin",
    "DataVersionAdmin",
    "DepartmentAdmin",
    "EpciAdmin",
    "FormerCommuneAdmin",
    "HostVillageAdmin",
    "ImportRunAdmin",
    "OrganisationAdmin",
    "ProgrammeAdmin",
    "TerritoryAdmin",
]
