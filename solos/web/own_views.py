"""The pages by which a solo keeps their own profile: from a personal link, or from their account.

Every act is a POST: programs that look at mails follow addresses.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.domain.addresses import plain_address
from comptes.web.access import members_only, uncached_page
from comptes.web.limits import CODE_NETWORK, MAIL_FROM_NETWORK, MAIL_TO_ADDRESS
from jetons.domain.allowances import spend
from jetons.domain.errors import LinkRefused
from jetons.web.limits import limited
from jetons.web.once import once
from solos.domain.completeness import completeness_of
from solos.domain.errors import AlreadyWithdrawn, ConsentMissing
from solos.domain.freshness import confirm_profile
from solos.domain.links import solo_of_link
from solos.domain.own_profile import (
    leave_directory,
    save_profile,
    send_link_again,
    submit_profile,
)
from solos.domain.profile import spoken_languages
from solos.domain.proposals import proposal_of, was_published, with_proposal
from solos.domain.publication import hide_solo
from solos.enums import SoloState
from solos.models import Solo
from solos.web.own_forms import LinkAgainForm, OwnProfileForm
from territoires.web.request import TerritoryRequest

MOST_RECEIVED = 50
View = Callable[..., HttpResponse]
Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """How the solo came in: the addresses of their pages follow from it."""

    token: str = ""

    def address(self, page: str) -> str:
        if self.token:
            return reverse(f"{page}-by-link", args=[self.token])
        return reverse(page)

    @property
    def edit(self) -> str:
        return self.address("own-profile")

    @property
    def preview(self) -> str:
        return self.address("own-profile-preview")

    @property
    def publish(self) -> str:
        return self.address("own-profile-publish")

    @property
    def confirm(self) -> str:
        return self.address("own-profile-confirm")

    @property
    def hide(self) -> str:
        return self.address("own-profile-hide")

    @property
    def leave(self) -> str:
        return self.address("own-profile-leave")


def by_link(view: View) -> Page:
    """For whoever holds the personal link of a profile of this site."""

    @uncached_page
    @limited(CODE_NETWORK)
    @once
    @wraps(view)
    def wrapped(request: TerritoryRequest, token: str) -> HttpResponse:
        try:
            solo = solo_of_link(token=token)
        except LinkRefused:
            return _ask_again(request, status=410)
        if solo.territory_id != request.territory.pk:
            return _ask_again(request, status=410)
        return view(request, solo, Door(token))

    return wrapped


def by_account(view: View) -> Page:
    """For whoever is signed in, about the profile tied to their account."""

    @members_only
    @once
    @wraps(view)
    def wrapped(request: TerritoryRequest) -> HttpResponse:
        mine = Solo.objects.in_territory(request.territory).filter(user=request.user.pk).first()
        if mine is None:
            raise Http404
        return view(request, mine, Door())

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    if solo.state == SoloState.WITHDRAWN:
        return _page(request, "solos/own_left.html", solo, door)
    edit = proposal_of(solo)
    written = with_proposal(solo, edit)
    form = OwnProfileForm(request.POST or None, request.FILES or None, instance=copy(written))
    if request.method == "POST" and form.is_valid():
        solo = save_profile(solo=solo, values=form.values, agreed=form.agreed, **form.photo)
        _say_saved(request, solo, form)
        return redirect(door.preview)
    received = solo.messages.all()[:MOST_RECEIVED]
    context = {
        "form": form,
        "received": received,
        "edit": edit,
        "is_first": not was_published(solo),
        "written": written,
        "completeness": completeness_of(written),
    }
    return _page(request, "solos/own_profile.html", solo, door, **context)


def _say_saved(request: TerritoryRequest, solo: Solo, form: OwnProfileForm) -> None:
    waits = proposal_of(solo) is not None
    if form.photo["new_photo"] and not waits:
        messages.info(request, _("Votre photo se prépare : elle paraîtra dans la minute."))
    if waits:
        messages.success(
            request, _("C’est enregistré. L’équipe relit ce qui est nouveau, puis le publie.")
        )
    elif solo.state == SoloState.PUBLISHED:
        messages.success(request, _("C’est enregistré, et déjà en ligne."))


@require_safe
def preview(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    """The page exactly as a visitor would see it, with the solo's own banner on top."""
    shown = Solo.objects.with_silhouette().select_related("trade__sector", "commune", "photo")
    edit = proposal_of(solo)
    as_seen = with_proposal(shown.get(pk=solo.pk), edit)
    as_seen.state = SoloState.PUBLISHED
    return _page(
        request,
        "solos/solo.html",
        as_seen,
        door,
        languages=spoken_languages(as_seen),
        own=solo,
        edit=edit,
        is_first=not was_published(solo),
        neighbours=[],
    )


@require_POST
def publish(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    try:
        solo = submit_profile(solo=solo)
    except ConsentMissing:
        messages.error(request, _("Pour avoir une page, acceptez au moins de montrer votre nom."))
        return redirect(door.edit)
    except AlreadyWithdrawn:
        return redirect(door.edit)
    if solo.state == SoloState.PUBLISHED:
        messages.success(request, _("Votre fiche est dans l’annuaire."))
    else:
        messages.success(request, _("Merci : l’équipe relit votre fiche, puis la publie."))
    return redirect(door.preview)


@require_POST
def confirm(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    solo = confirm_profile(solo=solo)
    messages.success(request, _("Merci ! Votre fiche est à jour."))
    return redirect(door.edit)


@require_POST
def hide(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    if solo.state == SoloState.PUBLISHED:
        hide_solo(solo=solo)
        messages.success(
            request, _("Votre fiche n’est plus visible. Publiez-la quand vous voudrez.")
        )
    return redirect(door.edit)


@require_POST
def leave(request: TerritoryRequest, solo: Solo, door: Door) -> HttpResponse:
    """One click: every consent ends, and the link with it."""
    solo = leave_directory(solo=solo)
    return _page(request, "solos/own_left.html", solo, door)


@require_http_methods(["GET", "HEAD", "POST"])
@uncached_page
@limited(MAIL_FROM_NETWORK)
def link_again(request: TerritoryRequest) -> HttpResponse:
    return _ask_again(request, status=200)


def _ask_again(request: TerritoryRequest, *, status: int) -> HttpResponse:
    """Ask for a new link; told the same whether the address is known or not."""
    is_asked = request.path == reverse("own-profile-link")
    form = LinkAgainForm(request.POST if is_asked and request.method == "POST" else None)
    if form.is_valid():
        email = plain_address(form.cleaned_data["email"])
        spend(MAIL_TO_ADDRESS, email)
        send_link_again(territory=request.territory, email=email)
        messages.success(request, _("Si une fiche porte cette adresse, un lien vient d’y partir."))
        return redirect("own-profile-link")
    context = {"form": form, "is_refused": status == 410, "trail": [(_("Ma fiche"), "")]}
    return render(request, "solos/own_link.html", context, status=status)


def _page(
    request: HttpRequest, template: str, solo: Solo, door: Door, **context: Any
) -> HttpResponse:
    page = {"solo": solo, "door": door, "trail": [(_("Ma fiche"), "")], **context}
    return render(request, template, page)
