"""One boring factory per model; traits for situations."""

from tests.factories.accueil import EventFactory
from tests.factories.comptes import EmailChangeFactory, SavedFilterFactory, UserFactory
from tests.factories.courrier import DigestLineFactory, MailTemplateFactory, OutgoingMailFactory
from tests.factories.images import PictureFactory
from tests.factories.jetons import AllowanceFactory, PersonalLinkFactory, RequestKeyFactory
from tests.factories.observatoire import SnapshotFactory
from tests.factories.portail import NewsItemFactory, PageFactory
from tests.factories.registre import ConsentWordingFactory, ErasureFactory, JournalEntryFactory
from tests.factories.solos import (
    ContactMessageFactory,
    CountedSearchFactory,
    DirectorySettingsFactory,
    FieldConsentFactory,
    FormerAddressFactory,
    PossibleDoubleFactory,
    ProposedEditFactory,
    SavedSearchFactory,
    SectorFactory,
    SoloFactory,
    TradeFactory,
    UnreadEditFactory,
)
from tests.factories.telecentres import (
    OpeningHoursFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
)
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
    ProgrammeGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    VillageGrantFactory,
    VillageReferentFactory,
)

__all__ = [
    "AllowanceFactory",
    "CommuneContourFactory",
    "CommuneFactory",
    "ConsentWordingFactory",
    "ContactMessageFactory",
    "CountedSearchFactory",
    "DepartmentFactory",
    "DigestLineFactory",
    "DirectorySettingsFactory",
    "EmailChangeFactory",
    "EpciFactory",
    "ErasureFactory",
    "EventFactory",
    "FieldConsentFactory",
    "FormerAddressFactory",
    "FormerCommuneFactory",
    "HostVillageFactory",
    "ImportRunFactory",
    "JournalEntryFactory",
    "MailTemplateFactory",
    "NewsItemFactory",
    "OpeningHoursFactory",
    "OrganisationFactory",
    "OutgoingMailFactory",
    "PageFactory",
    "PersonalLinkFactory",
    "PictureFactory",
    "PossibleDoubleFactory",
    "ProgrammeFactory",
    "ProgrammeGrantFactory",
    "ProposedEditFactory",
    "RequestKeyFactory",
    "SavedFilterFactory",
    "SavedSearchFactory",
    "SectorFactory",
    "SnapshotFactory",
    "SoloFactory",
    "SpaceFactory",
    "TelecentreFactory",
    "TelecentreGrantFactory",
    "TerritoryFactory",
    "TerritoryGrantFactory",
    "TradeFactory",
    "UnreadEditFactory",
    "UserFactory",
    "VillageGrantFactory",
    "VillageReferentFactory",
]
