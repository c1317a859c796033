"""Write to a solo without knowing their address; tell the agency of a mistake on a page."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courrier.domain.outbox import write_mail
from courrier.domain.substitution import one_line
from solos.domain.errors import NotWrittenTo
from solos.domain.own_profile import write_to_solo
from solos.messages import profiles as messages
from solos.models import ContactMessage, Solo
from territoires.domain.agency import tell_agency
from territoires.domain.brand import brand_of

KEPT_FOR = timedelta(days=365)


def pass_message_on(
    *, solo: Solo, sender_name: str, sender_email: str, text: str, wants_copy: bool = False
) -> ContactMessage:
    """Mail a visitor's words to the solo, who alone decides to answer; keep them for a year.

    Raises NotWrittenTo when the solo takes no messages, or no longer.
    """
    with transaction.atomic():
        solo = Solo.objects.select_related("territory", "user").get(pk=solo.pk)
        if not solo.can_be_written_to:
            raise NotWrittenTo
        message = ContactMessage(
            solo=solo, sender_name=one_line(sender_name), sender_email=sender_email, text=text
        )
        message.full_clean()
        message.save()
        said = {"expediteur": message.sender_name, "message": message.text}
        write_to_solo(solo, messages.CONTACT, reply_to=sender_email, adresse=sender_email, **said)
        if wants_copy:
            brand = brand_of(solo.territory)
            write_mail(
                message=messages.CONTACT_COPY,
                recipient=sender_email,
                language=get_language() or "fr",
                brand=brand,
                territory=solo.territory,
                variables={"territoire": brand.name, **said},
            )
    return message


def report_mistake(*, solo: Solo, text: str) -> int:
    """Tell the agency what somebody found wrong on a public page; returns how many are told."""
    return tell_agency(
        territory=solo.territory,
        words=format_lazy(
            _("Erreur signalée sur la fiche de {solo} : {text}"), solo=solo, text=text
        ),
        address=reverse("admin:solos_solo_change", args=[solo.pk]),
    )


def forget_messages() -> int:
    """Delete what was written more than a year ago; returns how many."""
    old = ContactMessage.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR)
    count, _by_model = old.delete()
    return count
