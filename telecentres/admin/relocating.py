"""Bookings that other hours or a closure leave without their place: where they could go."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.place_pages import CHANGES, PlacePages, page_address
from telecentres.domain.refusals import explain
from telecentres.domain.relocation import Proposal, move_as_proposed, propose_moves
from telecentres.domain.touched import bookings_outside_hours
from telecentres.models import Booking

FIELD = "deplacer"


class ProposalsForm(forms.Form):
    """Each booking with what it could hold instead. Ticked beforehand: what keeps its hours."""

    deplacer = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Ce qui était proposé ne l’est plus : relisez avant d’envoyer."
            )
        },
    )

    def __init__(self, proposals: Sequence[Proposal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        field = cast("forms.MultipleChoiceField", self.fields[FIELD])
        field.choices = [(each.key, each.key) for each in proposals if each.key]

    @property
    def rows(self) -> list[tuple[Proposal, bool]]:
        """Each, and whether it is ticked."""
        given = self[FIELD].value() if self.is_bound else None
        if given is None:
            return [(each, each.slot == each.former) for each in self.proposals]
        return [(each, each.key in given) for each in self.proposals]

    @property
    def ticked(self) -> list[Proposal]:
        return [each for each in self.proposals if each.key in self.cleaned_data[FIELD]]


class RelocationPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        page = self.page_url("reloger", self.relocation_view, "relocate")
        return [page, *super().get_urls()]

    def relocation_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Those that the hours leave outside."""
        place = self.place_of(request, telecentre_id, CHANGES)
        now = timezone.now()
        bookings = bookings_outside_hours(telecentre=place, now=now)
        proposals = propose_moves(telecentre=place, bookings=bookings, now=now)
        sent = request.POST if request.method == "POST" else None
        form = ProposalsForm(proposals, sent)
        if sent is not None and form.is_valid():
            self.move_ticked(request, form)
            return HttpResponseRedirect(page_address("relocate", place))
        status = 409 if sent is not None else 200
        return self.place_page(
            request, place, "relocate", read=len(bookings), status=status, moves=form
        )

    def move_ticked(self, request: HttpRequest, form: ProposalsForm) -> None:
        """And say what became of them."""
        author, ticked = cast("User", request.user), form.ticked
        refused = move_as_proposed(proposals=ticked, author=author, now=timezone.now())
        if moved := len(ticked) - len(refused):
            self.journal(request, JournalAct.EDITED, model=Booking, rows=moved)
            told = ngettext(
                "%d réservation est déplacée, son titulaire est prévenu.",
                "%d réservations sont déplacées, leurs titulaires sont prévenus.",
                moved,
            )
            messages.success(request, told % moved)
        for proposal, refusal in refused:
            words = _("%(booking)s reste où elle est. %(why)s")
            said = {"booking": proposal.booking, "why": explain(refusal)}
            messages.warning(request, words % said)
