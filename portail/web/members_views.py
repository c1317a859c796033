"""The members' own corner."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.models import User
from comptes.web.access import members_only
from solos.enums import PublicField
from solos.models import Solo
from territoires.web.request import TerritoryRequest


class MemberRequest(TerritoryRequest):
    """A request past `members_only`."""

    user: User


@require_safe
@members_only
def members_space(request: MemberRequest) -> HttpResponse:
    mine = Solo.objects.filter(user=request.user).select_related("territory", "commune").first()
    context = {
        "solo": mine,
        "shown": [field.label for field in PublicField if mine and mine.shows(field)],
        "is_here": mine is not None and mine.territory == request.territory,
        "trail": [(_("Mon espace"), "")],
    }
    return render(request, "portail/members_space.html", context)
