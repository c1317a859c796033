"""Close some spaces of a place, or all of it, for a time; and open them again."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptes.models import User
from registre.enums import JournalAct
from telecentres.admin.place_pages import CHANGES, page_address
from telecentres.admin.relocating import FIELD, ProposalsForm, RelocationPages
from telecentres.domain.closures import (
    bookings_in_the_way,
    check_closing,
    close_spaces,
    closures_to_come,
    reopen_spaces,
)
from telecentres.domain.errors import BookingRefusal, NoLongerPossible, SpacesTaken
from telecentres.domain.refusals import explain
from telecentres.domain.relocation import propose_moves
from telecentres.forms import PeriodForm
from telecentres.models import Booking, Space, Telecentre


class ClosingForm(PeriodForm):
    espace = forms.ModelMultipleChoiceField(
        Space.objects.none(),
        label=gettext_lazy("Espaces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tout = forms.BooleanField(label=gettext_lazy("Tout le lieu"), required=False)
    motif = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=300,
        help_text=gettext_lazy("Pour l’équipe : travaux, location convenue ailleurs…"),
    )

    field_order = ("espace", "tout", "jour", "de", "au", "a", "passage")

    def __init__(self, *args: Any, telecentre: Telecentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Space]", self.fields["espace"])
        field.queryset = telecentre.spaces.select_related("telecentre").in_reading_order()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("tout"):
            given["espace"] = cast("Any", self.fields["espace"]).queryset
        if "espace" in given and not given["espace"]:
            self.add_error("espace", _("Choisissez un espace au moins, ou tout le lieu."))
        return given


class ClosingPages(RelocationPages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("fermer", self.closing_view, "close"), *super().get_urls()]

    def closing_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        place = self.place_of(request, telecentre_id, CHANGES)
        if "rouvrir" in request.POST:
            return self._reopen(request, place, request.POST["rouvrir"])
        sent = request.POST if request.method == "POST" else None
        initial = {**request.GET.dict(), "espace": request.GET.getlist("espace")}
        form = ClosingForm(sent, initial=initial, telecentre=place)
        status = 400 if sent is not None else 200
        moves: ProposalsForm | None = None
        if sent is not None and form.is_valid():
            try:
                # Nothing moves for a closure that the rules refuse.
                check_closing(form.slot, timezone.now())
                if FIELD in sent:
                    there = bookings_in_the_way(list(form.cleaned_data["espace"]), form.slot)
                    moves = _propose(place, form, there, sent)
                    if moves.is_valid():
                        self.move_ticked(request, moves)
                return self._close(request, place, form)
            except SpacesTaken as refusal:
                form.add_error(None, explain(refusal))
                if not (moves and moves.errors):
                    moves = _propose(place, form, refusal.bookings)
            except BookingRefusal as refusal:
                form.add_error(None, explain(refusal))
        return self.place_page(
            request,
            place,
            "close",
            read=len(moves.proposals) if moves else 0,
            status=409 if moves else status,
            form=form,
            moves=moves,
            closures=closures_to_come(place, timezone.now()),
        )

    def _close(self, request: HttpRequest, place: Telecentre, form: ClosingForm) -> HttpResponse:
        given = form.cleaned_data
        bookings = close_spaces(
            spaces=list(given["espace"]),
            slot=form.slot,
            author=cast("User", request.user),
            note=given["motif"],
        )
        count = len(bookings)
        self.journal(request, JournalAct.CREATED, model=Booking, rows=count)
        told = ngettext("%d espace est fermé.", "%d espaces sont fermés.", count)
        messages.success(request, told % count)
        return HttpResponseRedirect(page_address("week", place, jour=given["jour"]))

    def _reopen(self, request: HttpRequest, place: Telecentre, reference: str) -> HttpResponse:
        """The reference is that of the first of what was closed in one go."""
        closures = closures_to_come(place, timezone.now())
        closure = next((each for each in closures if each.reference == reference), None)
        try:
            if closure is None:
                raise NoLongerPossible
            reopen_spaces(closure=closure, author=cast("User", request.user))
        except NoLongerPossible:
            messages.warning(request, _("C’était déjà rouvert."))
        else:
            self.journal(request, JournalAct.EDITED, model=Booking, rows=len(closure.bookings))
            messages.success(request, _("C’est rouvert."))
        return HttpResponseRedirect(page_address("close", place))


def _propose(
    place: Telecentre,
    form: ClosingForm,
    bookings: Sequence[Booking],
    sent: QueryDict | None = None,
) -> ProposalsForm:
    """Where those could go who are in the way."""
    closed = list(form.cleaned_data["espace"]), form.slot
    proposals = propose_moves(
        telecentre=place, bookings=bookings, now=timezone.now(), closed=closed
    )
    return ProposalsForm(proposals, sent)
