from territoires.models.grant import Grant, ProgrammeGrant, TerritoryGrant, VillageGrant
from territoires.models.imports import DataVersion, ImportRun
from territoires.models.organisation import Organisation
from territoires.models.places import Commune, CommuneContour, Department, Epci, FormerCommune
from territoires.models.programme import Funding, Programme, ProgrammePhase, SteeringMeeting
from territoires.models.territory import Territory
from territoires.models.village import HostVillage, VillageReferent

__all__ = [
    "Commune",
    "CommuneContour",
    "DataVersion",
    "Department",
    "Epci",
    "FormerCommune",
    "Funding",
    "Grant",
    "HostVillage",
    "ImportRun",
    "Organisation",
    "Programme",
    "ProgrammeGrant",
    "ProgrammePhase",
    "SteeringMeeting",
    "Territory",
    "TerritoryGrant",
    "VillageGrant",
    "VillageReferent",
]
