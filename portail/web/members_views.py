"""The members' own corner."""

from datetime import datetime

from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.models import User
from comptes.web.access import members_only
from courrier.models import OutgoingMail
from registre.enums import ConsentUse
from solos.domain.members import is_member
from solos.enums import PublicField
from solos.models import Solo
from solos.web.members_views import MemberRequest
from telecentres.models import Booking

SHOWN_MAILS = 10
SHOWN_BOOKINGS = 3


@require_safe
@members_only
def members_space(request: MemberRequest) -> HttpResponse:
    mine = Solo.objects.filter(user=request.user).select_related("territory", "commune").first()
    context = {
        "solo": mine,
        "is_member": is_member(request.user, request.territory),
        "received": mine.messages.count() if mine else 0,
        "agreed": _agreed(mine) if mine else [],
        "bookings": Booking.objects.in_territory(request.territory)
        .held_by(request.user)
        .promised()
        .to_come(timezone.now())
        .with_all_told()
        .with_series_dates()
        .offers_first()[:SHOWN_BOOKINGS],
        "mails": OutgoingMail.objects.sent_to(_addresses(request.user, mine))[:SHOWN_MAILS],
        "shown": [field.label for field in PublicField if mine and mine.shows(field)],
        "is_here": mine is not None and mine.territory == request.territory,
        "trail": [(_("Mon espace"), "")],
    }
    return render(request, "portail/members_space.html", context)


def _agreed(solo: Solo) -> list[tuple[str | Promise, int, datetime]]:
    """Each use with how many fields it is agreed to for, and since when."""
    in_force = solo.consents.filter(withdrawn_at=None).order_by()
    counted = in_force.values("use").annotate(fields=Count("pk"), since=Min("given_at"))
    return [(ConsentUse(row["use"]).label, row["fields"], row["since"]) for row in counted]


def _addresses(user: User, solo: Solo | None) -> list[str]:
    return [address for address in (user.email, solo.email if solo else "") if address]
