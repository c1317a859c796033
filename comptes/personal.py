"""What an account holds of whoever signs in."""

from datetime import timedelta
from urllib.parse import quote_plus

from django.contrib.auth.hashers import make_password
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    USER,
    ByKey,
    ByRule,
    ModelFlags,
    Person,
    Personal,
    Purpose,
    Retention,
)

ACCOUNT = Purpose(
    _("Tenir votre compte"),
    People.ACCOUNTS,
    LegalBasis.CONTRACT,
    Retention(_("deux ans sans connexion, après un avis un mois avant"), timedelta(days=730)),
)

HABITS = Purpose(
    _("Retrouver dans la gestion les listes filtrées que vous enregistrez"),
    People.STAFF,
    LegalBasis.PUBLIC_TASK,
    Retention(_("tant que vous les gardez, et jamais plus que votre compte")),
)


def _address_of_nobody(user: Model) -> str:
    """An address stays unique; that one can never be written to (RFC 2606)."""
    return f"efface-{user.pk}@compte.invalid"


def _no_password(_user: Model) -> str:
    return make_password(None)


def _looked_for(person: Person) -> Q:
    """Filters that search for one of their addresses, whoever of the team keeps them."""
    found = Q(pk__in=[])
    for address in filter(None, person.addresses):
        found |= Q(query__icontains=quote_plus(address))
    return found


PERSONAL_DATA = [
    ModelFlags(
        "comptes.User",
        impersonal=frozenset({"id", "session_stamp"}),
        personal={
            "email": Personal(ACCOUNT, Audience.STAFF, Fate.REPLACED, neutral=_address_of_nobody),
            "first_name": Personal(ACCOUNT, Audience.STAFF, Fate.BLANKED, neutral=""),
            "last_name": Personal(ACCOUNT, Audience.STAFF, Fate.BLANKED, neutral=""),
            "language": Personal(ACCOUNT, Audience.STAFF, Fate.REPLACED, neutral="fr"),
            "password": Personal(
                ACCOUNT, Audience.SYSTEM, Fate.REPLACED, neutral=_no_password, secret=True
            ),
            "wants_reminders": Personal(ACCOUNT, Audience.PERSON, Fate.REPLACED, neutral=False),
            "last_login": Personal(ACCOUNT, Audience.STAFF, Fate.BLANKED),
            "is_staff": Personal(ACCOUNT, Audience.STAFF, Fate.REPLACED, neutral=False),
            "is_superuser": Personal(ACCOUNT, Audience.STAFF, Fate.REPLACED, neutral=False),
            "is_active": Personal(ACCOUNT, Audience.STAFF, Fate.REPLACED, neutral=False),
            "groups": Personal(ACCOUNT, Audience.STAFF, Fate.BLANKED),
            "user_permissions": Personal(ACCOUNT, Audience.STAFF, Fate.BLANKED),
            "date_joined": Personal(
                ACCOUNT,
                Audience.STAFF,
                Fate.KEPT,
                why=_("compter les comptes ouverts par année"),
            ),
        },
        is_person=True,
        addresses=frozenset({"email"}),
        known_by=("pk", "date_joined"),
    ),
    ModelFlags(
        "comptes.EmailChange",
        impersonal=frozenset({"id", "user"}),
        personal=dict.fromkeys(
            ["new_email", "asked_at", "old_confirmed_at", "new_confirmed_at", "done_at"],
            Personal(ACCOUNT, Audience.PERSON, Fate.DELETED),
        ),
        links=(ByKey("user", USER),),
    ),
    ModelFlags(
        "comptes.SavedFilter",
        impersonal=frozenset({"id", "user", "model"}),
        # A search may hold someone's name.
        personal=dict.fromkeys(["name", "query"], Personal(HABITS, Audience.PERSON, Fate.DELETED)),
        links=(ByKey("user", USER), ByRule(_looked_for)),
    ),
]
