"""What the directory holds of a solo: each field with its reason and with what ends it."""

from datetime import timedelta

from django.db.models import Model
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
from registre.personal import A_YEAR, ACCOUNTABLE, NUMBER_ONLY

DIRECTORY = Purpose(
    _("Tenir l’annuaire public des solos et ses données ouvertes"),
    People.SOLOS,
    LegalBasis.CONSENT,
    Retention(
        _("jusqu’au retrait de votre accord : la fiche quitte les pages publiques en une minute")
    ),
)
FOLLOW_UP = Purpose(
    _("Recenser les solos et suivre le programme"),
    People.SOLOS,
    LegalBasis.PUBLIC_TASK,
    Retention(_("tant que vous vivez ici ; ensuite, seuls des chiffres sans nom sont gardés")),
)
PROOF = Purpose(
    _("Prouver ce que vous avez accepté, et jusqu’à quand"),
    People.SOLOS,
    LegalBasis.LAW,
    Retention(_("tant que dure le programme, sans votre nom si vous êtes effacé·e")),
)
REVIEW = Purpose(
    _("Relire ce qu’un solo change sur sa page"),
    People.SOLOS,
    LegalBasis.PUBLIC_TASK,
    Retention(_("jusqu’à ce que l’agence l’ait lu et publié, ou que vous y renonciez")),
)
CONTACT = Purpose(
    _("Faire suivre à un solo le message que vous lui écrivez, sans montrer son adresse"),
    People.CORRESPONDENTS,
    LegalBasis.CONTRACT,
    A_YEAR,
)
ALERT = Purpose(
    _("Vous prévenir des nouveaux solos d’une recherche que vous avez enregistrée"),
    People.CORRESPONDENTS,
    LegalBasis.CONSENT,
    Retention(
        _("treize mois après votre dernier accord ; une semaine si vous ne confirmez pas"),
        timedelta(days=366 + 30),
    ),
)
COUNTED = _("compter les solos du programme, sans savoir qui ils sont")

SHOWN = Personal(DIRECTORY, Audience.PUBLIC, Fate.BLANKED)
PRIVATE = Personal(FOLLOW_UP, Audience.STAFF, Fate.BLANKED)
SWITCH = Personal(FOLLOW_UP, Audience.STAFF, Fate.REPLACED, neutral=False)
FIGURE = Personal(FOLLOW_UP, Audience.STAFF, Fate.KEPT, why=COUNTED)
# A page of the directory says how fresh it is.
DATED = Personal(DIRECTORY, Audience.PUBLIC, Fate.KEPT, why=COUNTED)
AGREED = Personal(PROOF, Audience.STAFF, Fate.KEPT, why=_("prouver un accord donné autrefois"))
LIKENESS = Personal(FOLLOW_UP, Audience.STAFF, Fate.DELETED)
# Kept apart until the agency has read it, and for nobody else.
PROPOSED = Personal(REVIEW, Audience.STAFF, Fate.DELETED)
WRITTEN = Personal(CONTACT, Audience.PERSON, Fate.DELETED)
SAVED = Personal(ALERT, Audience.PERSON, Fate.DELETED)
BY_STAFF = Personal(ACCOUNTABLE, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY)


def _shown(neutral: object) -> Personal:
    return Personal(DIRECTORY, Audience.PUBLIC, Fate.REPLACED, neutral=neutral)


def _slug_of_nobody(solo: Model) -> str:
    return f"efface-{solo.pk}"


PERSONAL_DATA = [
    ModelFlags(
        "solos.Solo",
        impersonal=frozenset({"id", "territory", "programme"}),
        personal={
            "slug": _shown(_slug_of_nobody),
            "first_name": _shown("Personne"),
            "last_name": _shown("effacée"),
            **dict.fromkeys(
                (
                    "trade_name", "status", "trade", "commune", "skills", "languages",
                    "presentation", "photo", "website", "links", "phone", "email",
                    "work_place", "offers", "seeks", "arrived_in", "came_from",
                    "published_fields", "public_words", "open_fields", "open_words",
                    "member_fields",
                ),
                SHOWN,
            ),
            "takes_clients": _shown(False),  # noqa: FBT003
            "user": PRIVATE,
            "siret": PRIVATE,
            "household_size": PRIVATE,
            "plain_name": PRIVATE,
            "team_words": PRIVATE,
            "state": FIGURE,
            "submitted_at": FIGURE,
            "verified_on": DATED,
            "review_step": FIGURE,
            "review_step_on": FIGURE,
            "accepts_messages": SWITCH,
            "created_at": FIGURE,
            "updated_at": FIGURE,
        },
        links=(ByKey("user", USER),),
        is_person=True,
        addresses=frozenset({"email"}),
        known_by=("pk", "created_at"),
        leave="solos.domain.publication.withdraw_solo",
        merged="solos.domain.merging.merged_rows",
    ),
    ModelFlags(
        "solos.FieldConsent",
        impersonal=frozenset({"id", "solo"}),
        personal={
            **dict.fromkeys(
                ("use", "field", "recipient", "wording", "means", "given_at", "withdrawn_at"),
                AGREED,
            ),
            "recorded_by": BY_STAFF,
        },
        links=(
            ByKey("solo", "solos.Solo"),
            ByKey("recorded_by", USER, frozenset({"recorded_by"})),
        ),
    ),
    ModelFlags(
        "solos.StateChange",
        impersonal=frozenset({"id", "solo"}),
        personal={"state": FIGURE, "changed_on": FIGURE, "author": BY_STAFF},
        links=(
            ByKey("solo", "solos.Solo"),
            ByKey("author", USER, frozenset({"author"})),
        ),
    ),
    ModelFlags(
        "solos.ContactMessage",
        impersonal=frozenset({"id", "solo"}),
        personal=dict.fromkeys(("sender_name", "sender_email", "text", "sent_at"), WRITTEN),
        links=(ByKey("solo", "solos.Solo"), ByAddress("sender_email")),
    ),
    ModelFlags(
        "solos.SavedSearch",
        impersonal=frozenset({"id", "territory", "language"}),
        personal=dict.fromkeys(
            (
                "email", "query", "created_at", "confirmed_at", "new_since",
                "last_sent_on", "reminded_on", "expires_on", "stopped_at",
            ),
            SAVED,
        ),
        links=(ByAddress("email"),),
    ),
    # Months and numbers: a search that may name someone is not kept (solos.domain.searches).
    nothing_personal(
        "solos.CountedSearch", {"id", "territory", "month", "words", "filters", "asked", "results"}
    ),
    ModelFlags(
        "solos.PossibleDouble",
        impersonal=frozenset({"id", "territory", "first", "second"}),
        personal={
            **dict.fromkeys(("reasons", "found_at", "distinct_at"), LIKENESS),
            "distinct_by": BY_STAFF,
        },
        links=(
            ByKey("first", "solos.Solo"),
            ByKey("second", "solos.Solo"),
            ByKey("distinct_by", USER, frozenset({"distinct_by"})),
        ),
    ),
    ModelFlags(
        "solos.FormerAddress",
        impersonal=frozenset({"id", "territory", "solo", "merged_key"}),
        personal={
            "slug": Personal(DIRECTORY, Audience.PUBLIC, Fate.DELETED),
            "merged_since": LIKENESS,
            "merged_at": LIKENESS,
            "merged_by": BY_STAFF,
        },
        links=(
            ByKey("solo", "solos.Solo"),
            ByKey("merged_by", USER, frozenset({"merged_by"})),
        ),
    ),
    ModelFlags(
        "solos.ProposedEdit",
        impersonal=frozenset({"id", "solo"}),
        personal=dict.fromkeys(
            ("changes", "agreed", "photo", "proposed_at", "refused_at"), PROPOSED
        ),
        links=(ByKey("solo", "solos.Solo"),),
    ),
    ModelFlags(
        "solos.UnreadEdit",
        impersonal=frozenset({"id", "solo"}),
        personal=dict.fromkeys(("version", "fields", "since", "changed_at"), PROPOSED),
        links=(ByKey("solo", "solos.Solo"),),
    ),
    nothing_personal(
        "solos.DirectorySettings", {"id", "territory", "review_months", "moderates_edits"}
    ),
    nothing_personal("solos.Sector", {"id", "name", "name_en", "slug", "position"}),
    nothing_personal("solos.Trade", {"id", "sector", "name", "name_en", "slug", "words"}),
]  # fmt: skip
