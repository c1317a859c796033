"""What the register holds of people itself, and what Django's and the libraries' tables do."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    USER,
    ByKey,
    ByObject,
    ByRule,
    ModelFlags,
    Person,
    Personal,
    Purpose,
    Retention,
    nothing_personal,
)

A_YEAR = Retention(_("douze mois"), timedelta(days=365))
WATCH = Purpose(
    _("Savoir qui a consulté ou changé une fiche"), People.STAFF, LegalBasis.SECURITY, A_YEAR
)
ACCOUNTABLE = Purpose(
    _("Dire qui a fait un acte du programme"),
    People.STAFF,
    LegalBasis.PUBLIC_TASK,
    Retention(_("aussi longtemps que la fiche que l’acte concerne")),
)
PAST = Purpose(
    _("Comprendre comment une fiche a changé"),
    People.STAFF,
    LegalBasis.PUBLIC_TASK,
    Retention(_("aussi longtemps que la fiche elle-même")),
)
SIGNED_IN = Purpose(
    _("Garder votre session ouverte et vérifier que c’est bien vous"),
    People.ACCOUNTS,
    LegalBasis.CONTRACT,
    Retention(_("deux semaines pour une session ; tant que dure le compte pour le reste")),
)
NUMBER_ONLY = _("il n’en reste qu’un numéro de compte, sans nom ni adresse")

# What each table of past versions holds beside the columns of its model.
HISTORY_FIELDS = frozenset({"history_id", "history_date", "history_type"})
HISTORY_PERSONAL = {
    "history_user": Personal(ACCOUNTABLE, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
    "history_change_reason": Personal(PAST, Audience.STAFF, Fate.BLANKED),
}
HISTORY_LINK = ByKey("history_user", USER, frozenset(HISTORY_PERSONAL))


def _sessions_of(person: Person) -> Q:
    """Whom a session is of stands inside its text: each is opened to know."""
    keys = {str(key) for key in person.keys_of(USER)}
    sessions = apps.get_model("sessions", "Session").objects.all()
    return Q(
        pk__in=[
            session.pk for session in sessions if session.get_decoded().get("_auth_user_id") in keys
        ]
    )


PERSONAL_DATA = [
    ModelFlags(
        "registre.JournalEntry",
        impersonal=frozenset(
            {"id", "at", "act", "model", "object_key", "territory", "fields", "rows", "path"}
        ),
        personal={"user": Personal(WATCH, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY)},
        links=(ByKey("user", USER, frozenset({"user"})),),
    ),
    ModelFlags(
        "registre.Erasure",
        impersonal=frozenset({"id", "at", "reason", "keys", "counts"}),
        personal={"by": Personal(WATCH, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY)},
        links=(ByKey("by", USER, frozenset({"by"})),),
    ),
    nothing_personal(
        "registre.ConsentWording", {"id", "version", "use", "text", "text_en", "since"}
    ),
    # ---- Django and its libraries, where they are installed -----------------------------------
    ModelFlags(
        "admin.LogEntry",
        impersonal=frozenset({"id", "action_time", "content_type", "object_id", "action_flag"}),
        personal={
            "user": Personal(WATCH, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            "object_repr": Personal(PAST, Audience.STAFF, Fate.REPLACED, neutral="–"),
            "change_message": Personal(PAST, Audience.STAFF, Fate.REPLACED, neutral=""),
        },
        links=(
            ByObject("content_type", "object_id"),
            ByKey("user", USER, frozenset({"user"})),
        ),
    ),
    ModelFlags(
        "sessions.Session",
        personal={
            "session_key": Personal(SIGNED_IN, Audience.SYSTEM, Fate.DELETED, secret=True),
            "session_data": Personal(SIGNED_IN, Audience.SYSTEM, Fate.DELETED, secret=True),
            "expire_date": Personal(SIGNED_IN, Audience.SYSTEM, Fate.DELETED, secret=True),
        },
        links=(ByRule(_sessions_of),),
    ),
    ModelFlags(
        "account.EmailAddress",
        impersonal=frozenset({"id", "user"}),
        personal={
            name: Personal(SIGNED_IN, Audience.PERSON, Fate.DELETED)
            for name in ("email", "verified", "primary")
        },
        links=(ByKey("user", USER),),
    ),
    ModelFlags(
        "mfa.Authenticator",
        impersonal=frozenset({"id", "user"}),
        personal={
            "type": Personal(SIGNED_IN, Audience.PERSON, Fate.DELETED),
            "data": Personal(SIGNED_IN, Audience.SYSTEM, Fate.DELETED, secret=True),
            "created_at": Personal(SIGNED_IN, Audience.PERSON, Fate.DELETED),
            "last_used_at": Personal(SIGNED_IN, Audience.PERSON, Fate.DELETED),
        },
        links=(ByKey("user", USER),),
    ),
    nothing_personal("auth.Permission", {"id", "name", "content_type", "codename"}),
    nothing_personal("auth.Group", {"id", "name", "permissions"}),
    nothing_personal("contenttypes.ContentType", {"id", "app_label", "model"}),
]
