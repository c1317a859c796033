"""The pages that open a new territory, step by step; each can be left and come back to.

What is done is read from the territory itself: nothing remembers the way but its fields.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jetons.web.once import once
from portail.admin.access import invite_to
from portail.admin.setup_forms import FORMS, ColoursForm, StartForm, TeamForm
from portail.domain.colour_trial import try_colours
from portail.domain.errors import NotReadyToOpen
from portail.domain.setup import (
    STEPS,
    Step,
    check_opening,
    follow_loading,
    open_territory,
    start_territory,
)
from territoires.domain.brand import site_address
from territoires.domain.drawing import outline_territory
from territoires.domain.shipped_communes import ask_for
from territoires.models import Territory, TerritoryGrant

View = Callable[..., HttpResponse]


@once
def start(request: HttpRequest) -> HttpResponse:
    """Which departments, for whom; or one of the territories begun before."""
    if not request.user.has_perm("territoires.add_territory"):
        raise PermissionDenied
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        territory = start_territory(**form.cleaned_data)
        _log(request, territory, [{"added": {}}])
        return redirect("admin:setup-step", territory.pk, STEPS[0].slug)
    begun = Territory.objects.for_user(request.user, "territoires.change_territory")
    context = {
        **admin.site.each_context(request),
        "title": _("Ouvrir un territoire"),
        "form": form,
        "begun": begun.filter(is_public=False),
    }
    return render(request, "admin/setup/start.html", context)


def of_territory(view: View) -> View:
    """For whoever may change that territory; another's is as one that never was."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Territory.objects.for_user(request.user, "territoires.change_territory")
        return view(request, get_object_or_404(mine, pk=pk), *args, **kwargs)

    return wrapped


@once
@of_territory
def step(request: HttpRequest, territory: Territory, step: str) -> HttpResponse:
    current = next((one for one in STEPS if one.slug == step), None)
    if current is None:
        raise Http404
    act = PAGES.get(step, change)
    return act(request, territory, current)


def communes(request: HttpRequest, territory: Territory, current: Step) -> HttpResponse:
    """How far the communes have come; sent again, they are asked for again."""
    if request.method == "POST":
        ask_for(territory.departments.all())
        return redirect(request.path)
    return _page(request, territory, current, _loading(territory))


def change(request: HttpRequest, territory: Territory, current: Step) -> HttpResponse:
    form = FORMS[current.slug](request.POST or None, instance=territory)
    if request.method == "POST" and form.is_valid():
        form.save()
        _log(request, territory, construct_change_message(form, [], add=False))  # type: ignore[arg-type]
        return redirect("admin:setup-step", territory.pk, _next(current).slug)
    # A refused value stands in the form; the page's head says what is kept.
    territory.refresh_from_db()
    context: dict[str, Any] = {"form": form}
    if current.slug == "couleurs":
        context |= _trial(territory, territory.brand_colour, territory.accent_colour)
    return _page(request, territory, current, context)


def team(request: HttpRequest, territory: Territory, current: Step) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm("territoires.add_territorygrant", territory):
            raise PermissionDenied
        if form.is_valid():
            said = {"territory": territory, "role": form.cleaned_data["role"]}
            grant = invite_to(request, TerritoryGrant, said, form.cleaned_data)
            _log(request, grant, [{"added": {}}])
            messages.success(request, _("Invitation envoyée à %s.") % grant.user.email)
            return redirect(request.path)
    grants = TerritoryGrant.objects.filter(territory=territory).select_related("user")
    return _page(request, territory, current, {"form": form, "grants": grants})


def opening(request: HttpRequest, territory: Territory, current: Step) -> HttpResponse:
    checks = check_opening(territory)
    if request.method == "POST":
        try:
            open_territory(territory=territory)
        except NotReadyToOpen:
            messages.error(request, _("Il manque encore quelque chose : voyez la liste."))
        else:
            _log(request, territory, [{"changed": {"fields": [_("site ouvert au public")]}}])
        return redirect(request.path)
    context = {
        "checks": checks,
        "is_ready": all(one.is_met for one in checks if one.is_required),
        "address": site_address(territory),
    }
    return _page(request, territory, current, context)


@require_safe
@of_territory
def loading(request: HttpRequest, territory: Territory) -> HttpResponse:
    """The part of the communes' page that the browser asks again while they come."""
    context = {"setup": territory, **_loading(territory)}
    return render(request, "admin/setup/loading.html", context)


@require_safe
@of_territory
def colours(request: HttpRequest, territory: Territory) -> HttpResponse:
    """What two colours would give, before they are kept."""
    form = ColoursForm(request.GET, instance=territory)
    if not form.is_valid():
        raise BadRequest
    asked = form.cleaned_data
    context = _trial(territory, asked["brand_colour"], asked["accent_colour"])
    return render(request, "admin/setup/colours.html", context)


PAGES: dict[str, Callable[[HttpRequest, Territory, Step], HttpResponse]] = {
    "communes": communes,
    "equipe": team,
    "ouverture": opening,
}


def _page(
    request: HttpRequest, territory: Territory, current: Step, context: dict[str, Any]
) -> HttpResponse:
    position = STEPS.index(current)
    page = {
        **admin.site.each_context(request),
        "title": current.words,
        "setup": territory,
        "steps": STEPS,
        "current": current,
        "number": position + 1,
        "previous": STEPS[position - 1] if position else None,
        "following": _next(current),
        **context,
    }
    name = current.slug if current.slug in PAGES or current.slug == "couleurs" else "step"
    return render(request, f"admin/setup/{name}.html", page)


def _loading(territory: Territory) -> dict[str, Any]:
    departments = follow_loading(territory)
    done = sum(one.is_done for one in departments)
    return {"departments": departments, "done": done, "is_loaded": done == len(departments)}


def _trial(territory: Territory, brand: str, accent: str) -> dict[str, Any]:
    return {
        "setup": territory,
        "trial": try_colours(brand, accent),
        "outline": outline_territory(territory),
    }


def _next(current: Step) -> Step:
    return STEPS[min(STEPS.index(current) + 1, len(STEPS) - 1)]


def _log(request: HttpRequest, row: Territory | TerritoryGrant, message: Any) -> None:
    admin.site.get_model_admin(type(row)).log_change(request, row, message)
