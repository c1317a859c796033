"""What the outbox holds of the people it writes to."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    ByAddress,
    ModelFlags,
    Personal,
    Purpose,
    Retention,
    nothing_personal,
)

WRITING = Purpose(
    _("Vous écrire, et savoir si le message est parti"),
    People.CORRESPONDENTS,
    LegalBasis.CONTRACT,
    Retention(_("un an après l’envoi"), timedelta(days=365)),
)
MAIL = Personal(WRITING, Audience.STAFF, Fate.DELETED)
HIDDEN = Personal(WRITING, Audience.SYSTEM, Fate.DELETED)

PERSONAL_DATA = [
    ModelFlags(
        "courrier.OutgoingMail",
        impersonal=frozenset(
            {
                "id",
                "message_id",
                "sender",
                "territory",
                "message",
                "language",
                "is_secret",
                "state",
                "next_attempt_at",
                "attempts",
            }
        ),
        personal={
            "recipient": MAIL,
            "reply_to": MAIL,
            "subject": MAIL,
            "text_body": MAIL,
            "html_body": HIDDEN,
            "calendar": HIDDEN,
            "variables": HIDDEN,
            "created_at": MAIL,
            "sent_at": MAIL,
            "last_error": MAIL,
        },
        links=(ByAddress("recipient"),),
    ),
    ModelFlags(
        "courrier.DigestLine",
        impersonal=frozenset({"id", "territory", "language"}),
        personal=dict.fromkeys(["recipient", "user", "words", "address", "created_at"], MAIL),
        links=(ByAddress("recipient"),),
    ),
    nothing_personal(
        "courrier.MailTemplate",
        {"id", "territory", "message", "subject", "body", "subject_en", "body_en"},
    ),
]
