"""What is handed out to be spent says little of anyone, and not for long."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import USER, ByKey, ModelFlags, Personal, Purpose, Retention, nothing_personal

# A replayed link still gets its true answer.
LINKS_KEPT = timedelta(days=30)
LINKS = Purpose(
    _("Savoir qui a envoyé un lien personnel"),
    People.STAFF,
    LegalBasis.SECURITY,
    Retention(_("trente jours après son emploi ou son terme"), LINKS_KEPT),
)

PERSONAL_DATA = [
    ModelFlags(
        "jetons.PersonalLink",
        # The subject is a number of ours; whom it names has flags of their own.
        impersonal=frozenset(
            {
                "id",
                "digest",
                "purpose",
                "subject",
                "created_at",
                "expires_at",
                "used_at",
                "revoked_at",
            }
        ),
        personal={
            "author": Personal(
                LINKS,
                Audience.STAFF,
                Fate.KEPT,
                why=_("il n’en reste qu’un numéro de compte, sans nom ni adresse"),
            )
        },
        links=(ByKey("author", USER),),
    ),
    # An answer kept for a day is that of a page: its sender alone can ask for it again.
    nothing_personal(
        "jetons.RequestKey",
        {"id", "scope", "key", "fingerprint", "status", "headers", "body", "created_at"},
    ),
    nothing_personal("jetons.Allowance", {"id", "name", "caller", "started_at", "spent"}),
]
