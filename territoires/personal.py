"""What the territories hold of people: those who welcome in villages, and bodies' contacts."""

from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    USER,
    ByAddress,
    ByKey,
    ModelFlags,
    Personal,
    Purpose,
    Retention,
    nothing_personal,
)

WELCOME = Purpose(
    _("Joindre qui accueille dans les villages"),
    People.REFERENTS,
    LegalBasis.PUBLIC_TASK,
    Retention(_("tant que la personne est référente de son village")),
)
PARTNERS = Purpose(
    _("Joindre les organismes partenaires"),
    People.CONTACTS,
    LegalBasis.PUBLIC_TASK,
    Retention(_("tant que l’organisme est partenaire")),
)
RIGHTS = Purpose(
    _("Ouvrir l’espace de gestion à qui y travaille, et à personne d’autre"),
    People.STAFF,
    LegalBasis.PUBLIC_TASK,
    Retention(_("aussi longtemps que le compte")),
)
HELD = Personal(RIGHTS, Audience.STAFF, Fate.DELETED)
GIVEN = Personal(
    RIGHTS,
    Audience.STAFF,
    Fate.KEPT,
    why=_("il n’en reste qu’un numéro de compte, sans nom ni adresse"),
)
REFERENT = Personal(WELCOME, Audience.STAFF, Fate.DELETED)
CONTACT = Personal(PARTNERS, Audience.STAFF, Fate.BLANKED)


def grant_flags(model: str, *perimeter: str) -> ModelFlags:
    """A role says what someone does here; who gave it is said of its giver."""
    held = (*perimeter, "starts_on", "ends_on", "created_at")
    return ModelFlags(
        model,
        impersonal=frozenset({"id", "user"}),
        personal={**dict.fromkeys(held, HELD), "author": GIVEN},
        links=(ByKey("user", USER), ByKey("author", USER, frozenset({"author"}))),
    )


PERSONAL_DATA = [
    grant_flags("territoires.TerritoryGrant", "territory", "role"),
    grant_flags("territoires.ProgrammeGrant", "programme"),
    grant_flags("territoires.VillageGrant", "village"),
    ModelFlags(
        "territoires.VillageReferent",
        impersonal=frozenset({"id", "village", "user"}),
        personal=dict.fromkeys(("name", "role", "email", "phone"), REFERENT),
        links=(ByKey("user", USER),),
        is_person=True,
        addresses=frozenset({"email"}),
        known_by=("pk", "village_id"),
    ),
    ModelFlags(
        "territoires.Organisation",
        impersonal=frozenset({"id", "territory", "name", "kind", "commune", "website"}),
        personal=dict.fromkeys(("email", "phone", "note"), CONTACT),
        links=(ByAddress("email"),),
    ),
    nothing_personal(
        "territoires.Territory",
        {
            "id", "name", "slug", "in_name", "host_name", "is_default", "is_public", "tagline",
            "tagline_en", "introduction", "introduction_en", "brand_colour", "accent_colour",
            "logo", "languages", "agency_name", "contact_email",
            "contact_phone", "contact_address", "legal_notice", "legal_notice_en",
            "privacy_notice", "privacy_notice_en", "departments", "epcis", "communes",
        },
    ),
    nothing_personal(
        "territoires.HostVillage",
        {
            "id", "territory", "commune", "slug", "kind", "programme", "committed_on",
            "commitment_ends_on", "welcome", "welcome_en", "photo", "is_published",
        },
    ),
    nothing_personal(
        "territoires.Programme",
        {
            "id", "name", "slug", "lead", "description", "description_en", "starts_on", "ends_on",
            "budget", "source", "territories",
        },
    ),
    nothing_personal(
        "territoires.ProgrammePhase", {"id", "programme", "name", "name_en", "starts_on", "ends_on"}
    ),
    nothing_personal(
        "territoires.Funding", {"id", "programme", "organisation", "scheme", "amount"}
    ),
    nothing_personal(
        "territoires.SteeringMeeting", {"id", "programme", "held_on", "subject", "minutes"}
    ),
    # ---- The official map ---------------------------------------------------------------------
    nothing_personal("territoires.Department", {"code", "name", "region_code"}),
    nothing_personal("territoires.Epci", {"siren", "name"}),
    nothing_personal(
        "territoires.Commune",
        {
            "insee_code", "name", "sort_name", "plain_name", "department", "epci", "canton_name",
            "postcodes", "siren", "population", "population_year", "area_ha", "centre",
            "town_hall", "ended_on", "successor", "source", "vintage",
        },
    ),
    nothing_personal(
        "territoires.CommuneContour", {"commune", "outline", "simplified", "silhouette", "source"}
    ),
    nothing_personal(
        "territoires.FormerCommune", {"insee_code", "name", "plain_name", "kind", "successor"}
    ),
    nothing_personal(
        "territoires.ImportRun",
        {
            "id", "importer", "file_name", "layout", "outcome", "started_at", "finished_at",
            "rows_read", "rows_created", "rows_changed", "rows_unchanged", "rows_ended",
            "rows_refused", "report",
        },
    ),
    nothing_personal("territoires.DataVersion", {"name", "number", "changed_at"}),
]  # fmt: skip
