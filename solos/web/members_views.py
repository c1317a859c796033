"""The directory that members alone read."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptes.models import User
from comptes.web.access import members_only
from solos.domain.asking import read_filters
from solos.domain.directory import find_solos
from solos.domain.members import as_members_see, for_members_alone, is_member
from solos.domain.profile import spoken_languages
from solos.enums import PublicField
from solos.models import Solo
from solos.querysets import SoloQuerySet
from territoires.web.request import TerritoryRequest

PER_PAGE = 20


class MemberRequest(TerritoryRequest):
    """A request past `members_only`."""

    user: User


@require_safe
@members_only
def members(request: MemberRequest) -> HttpResponse:
    """Found by what all may read: a search is no way to guess what is kept for members."""
    published = _published(request)
    text = read_filters(request.GET).text
    found = find_solos(published, text)
    page = Paginator(found.solos.as_cards(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "solos": [as_members_see(solo) for solo in page],
        "text": text,
        "is_approximate": found.is_approximate,
        "trail": [(_("Mon espace"), reverse("members-space")), (_("Entre membres"), "")],
    }
    return render(request, "solos/members.html", context)


@require_safe
@members_only
def member(request: MemberRequest, slug: str) -> HttpResponse:
    shown = _published(request).with_silhouette()
    solo = get_object_or_404(
        shown.select_related("territory", "trade__sector", "commune", "photo"), slug=slug
    )
    seen = as_members_see(solo)
    context = {
        "solo": seen,
        "languages": spoken_languages(seen),
        "neighbours": [],
        "for_members": [PublicField(field).label for field in for_members_alone(solo)],
        "trail": [
            (_("Mon espace"), reverse("members-space")),
            (_("Entre membres"), reverse("members")),
            (solo.name, ""),
        ],
    }
    return render(request, "solos/solo.html", context)


def _published(request: MemberRequest) -> SoloQuerySet:
    """To who is no member, these pages are not there."""
    if not is_member(request.user, request.territory):
        raise Http404
    return Solo.objects.in_territory(request.territory).published()
