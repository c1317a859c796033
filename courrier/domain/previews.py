"""A message as it would leave now: on what its last mail said, else on its examples."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from courrier.domain.brand import brand_of
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.domain.rendering import RenderedMail, render_mail
from courrier.domain.substitution import Value
from courrier.models import OutgoingMail

if TYPE_CHECKING:
    from comptes.models import User
    from territoires.models import Territory


@dataclass(frozen=True)
class Case:
    """What the message would say of, and whether it really happened."""

    variables: dict[str, Value]
    is_real: bool


def last_case(message: Message, territory: "Territory") -> Case:
    mails = OutgoingMail.objects.in_territory(territory).filter(message=message.key)
    last = mails.exclude(variables={}).order_by("-created_at").first()
    # A release may have given the message other variables since.
    if last is None or set(last.variables) != set(message.names):
        return Case(message.examples, is_real=False)
    return Case(last.variables, is_real=True)


def preview(*, message: Message, territory: "Territory", language: str) -> RenderedMail:
    return render_mail(
        message=message,
        language=language,
        brand=brand_of(territory),
        territory=territory,
        variables=last_case(message, territory).variables,
    )


@transaction.atomic
def send_trial(
    *, message: Message, territory: "Territory", language: str, user: "User"
) -> OutgoingMail:
    """Send the message to whoever words it, on its examples: another person's case is not theirs
    to keep in a mailbox. It counts as no case of its own."""
    mail = write_mail(
        message=message,
        recipient=user.email,
        language=language,
        brand=brand_of(territory),
        territory=territory,
        variables=message.examples,
    )
    mail.variables = {}
    mail.save(update_fields=["variables"])
    return mail
