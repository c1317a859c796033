"""One boring factory per model; traits for situations."""

from tests.factories.accueil import EventFactory
from tests.factories.comptes import UserFactory
from tests.factories.courrier import OutgoingMailFactory
from tests.factories.jetons import AllowanceFactory, PersonalLinkFactory, RequestKeyFactory
from tests.factories.observatoire import SnapshotFactory
from tests.factories.solos import SectorFactory, SoloFactory, TradeFactory
from tests.factories.telecentres import OpeningHoursFactory, SpaceFactory, TelecentreFactory
from tests.factories.territoires import (
    CommuneContourFactory,
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    ImportRunFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TerritoryFactory,
    VillageReferentFactory,
)

__all__ = [
    "AllowanceFactory",
    "CommuneContourFactory",
    "CommuneFactory",
    "DepartmentFactory",
    "EpciFactory",
    "EventFactory",
    "FormerCommuneFactory",
    "HostVillageFactory",
    "ImportRunFactory",
    "OpeningHoursFactory",
    "OrganisationFactory",
    "OutgoingMailFactory",
    "PersonalLinkFactory",
    "ProgrammeFactory",
    "RequestKeyFactory",
    "SectorFactory",
    "SnapshotFactory",
    "SoloFactory",
    "SpaceFactory",
    "TelecentreFactory",
    "TerritoryFactory",
    "TradeFactory",
    "UserFactory",
    "VillageReferentFactory",
]
