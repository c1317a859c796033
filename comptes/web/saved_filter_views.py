"""The filters that someone of the team keeps, saved, renamed and deleted above their list.

Everything is sent by a form of that list and comes back to it: its address is ours to make.
"""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from comptes.domain.errors import (
    FilterNameTaken,
    FilterRefusal,
    FilterTooLong,
    NothingToKeep,
    TooManyFilters,
)
from comptes.domain.saved_filters import (
    LONGEST_QUERY,
    MOST_FILTERS,
    clean_query,
    delete_filter,
    rename_filter,
    save_filter,
)
from comptes.models import SavedFilter, User
from comptes.web.office_lists import List, list_address, lists_open_to

# Of an address that a browser can hold, each character written with three.
LONGEST_SENT = 6_000

REFUSALS: dict[type[FilterRefusal], str | Promise] = {
    NothingToKeep: gettext_lazy("Cherchez, filtrez ou triez d’abord : la liste est entière."),
    FilterTooLong: gettext_lazy("Ce filtre est trop long : retirez-en une partie."),
    FilterNameTaken: gettext_lazy(
        "Vous avez déjà un filtre de ce nom dans cette liste : choisissez-en un autre."
    ),
    TooManyFilters: gettext_lazy(
        "Cette liste a déjà %(most)d filtres : supprimez-en un pour enregistrer celui-ci."
    ),
}


class NameForm(forms.Form):
    name = forms.CharField(max_length=60)

    def clean_name(self) -> str:
        """Spaces that nobody sees would let two filters look the same."""
        name: str = self.cleaned_data["name"]
        return " ".join(name.split())


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    options = lists_open_to(request).get(request.POST.get("model", ""))
    if options is None:
        raise Http404
    query = clean_query(request.POST.get("query", "")[:LONGEST_SENT])
    address = _address(options, query)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, address)
    name = form.cleaned_data["name"]
    try:
        _try_out(request, options, query)
        model = options.opts.label_lower
        save_filter(user=_user(request), model=model, name=name, query=query)
    except IncorrectLookupParameters:
        words = _("Cette liste ne connaît pas un des filtres de l’adresse : rien n’est enregistré.")
        messages.error(request, words)
        return redirect(_address(options, "e=1"))
    except FilterRefusal as refusal:
        messages.error(request, REFUSALS[type(refusal)] % {"most": MOST_FILTERS})
        return redirect(address)
    messages.success(request, _("Le filtre « %s » est enregistré.") % name)
    return redirect(address)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    address = _address_of(request, saved)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, address)
    try:
        rename_filter(saved=saved, name=form.cleaned_data["name"])
    except FilterNameTaken:
        messages.error(request, str(REFUSALS[FilterNameTaken]))
    else:
        messages.success(request, _("Le filtre s’appelle maintenant « %s ».") % saved)
    return redirect(address)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    address = _address_of(request, saved)
    delete_filter(saved=saved)
    messages.success(request, _("Le filtre « %s » est supprimé.") % saved)
    return redirect(address)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)  # the back-office opens to accounts alone


def _own(request: HttpRequest, pk: int) -> SavedFilter:
    return get_object_or_404(SavedFilter, pk=pk, user=_user(request))


def _try_out(request: HttpRequest, options: List, query: str) -> None:
    """Let the list itself refuse what it would refuse of an address."""
    request.GET = QueryDict(query)
    options.get_changelist_instance(request)


def _address(options: List, query: str) -> str:
    """The list as it was; whole where the query might be longer than the site reads."""
    return list_address(options, query if len(query) <= LONGEST_QUERY else "")


def _address_of(request: HttpRequest, saved: SavedFilter) -> str:
    """Its list; the first page once that list is closed to its owner."""
    options = lists_open_to(request).get(saved.model)
    return _address(options, saved.query) if options else reverse("admin:index")


def _refused(request: HttpRequest, form: NameForm, address: str) -> HttpResponse:
    for error in form.errors["name"]:
        messages.error(request, _("Nom du filtre : %s") % error)
    return redirect(address)
