"""Book for somebody who telephones, or has no account."""

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
from telecentres.domain.calendar import day_of
from telecentres.domain.counter import book_for_somebody
from telecentres.domain.errors import BookingRefusal, NotBookable, OutsideHours, TooManyPeople
from telecentres.domain.refusals import explain
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.forms import ExtrasForm, PeriodForm
from telecentres.models import Booking, Space, Telecentre
from telecentres.templatetags.money import euros


class PlaceForm(PeriodForm):
    """A space of one place and a period, within its hours unless somebody opens."""

    espace = forms.ModelChoiceField(Space.objects.none(), label=gettext_lazy("Espace"))
    hors_horaires = forms.BooleanField(
        label=gettext_lazy("Même hors des horaires : quelqu’un ouvrira"),
        required=False,
        help_text=gettext_lazy("L’histoire de la réservation le dira."),
    )

    field_order = ("espace", "jour", "de", "a", "au", "passage", "hors_horaires")

    def __init__(self, *args: Any, telecentre: Telecentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Space]", self.fields["espace"])
        field.queryset = telecentre.spaces.select_related("telecentre__commune").in_reading_order()


def explain_at_counter(refusal: BookingRefusal) -> str:
    """To whoever keeps the place: what is said to others of it, with what they may do about it."""
    match refusal:
        case NotBookable():
            return _("Ce lieu n’est pas ouvert : sa fiche le dit, son état s’y change.")
        case OutsideHours():
            way_out = _("Si quelqu’un ouvre, cochez « Même hors des horaires ».")
            return f"{explain(refusal)} {way_out}"
        case TooManyPeople(capacity=most):
            words = ngettext(
                "C’est trop de monde : cet espace a %(n)d place.",
                "C’est trop de monde : cet espace a %(n)d places.",
                most,
            )
            return words % {"n": most}
    return explain(refusal)


class CounterForm(PlaceForm, ExtrasForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail de son compte"),
        required=False,
        help_text=gettext_lazy("Vide pour quelqu’un qui n’en a pas : écrivez son nom plus bas."),
    )
    personnes = forms.IntegerField(
        label=gettext_lazy("Personnes"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )
    note = forms.CharField(
        label=gettext_lazy("Son nom, une précision"), required=False, max_length=300
    )

    holder: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """No page of prices comes before: each extra says its own."""
        super().__init__(*args, **kwargs)
        for name, extra in self._extras.items():
            price = euros(extra.price) if extra.price else _("compris")
            said = {"name": extra.name, "price": price, "per": extra.get_per_display()}
            self.fields[name].label = _("En plus : %(name)s (%(price)s, %(per)s)") % said

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email:
            self.holder = User.objects.filter(email__iexact=email, is_active=True).first()
            if self.holder is None:
                raise forms.ValidationError(
                    _("Aucun compte n’a cette adresse : videz la case, et écrivez son nom.")
                )
        return email

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("email") and not given.get("note") and "email" not in self.errors:
            self.add_error("note", _("Dites pour qui : un e-mail de compte, ou un nom."))
        return given


class CounterPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("reserver", self.counter_view, "book"), *super().get_urls()]

    def counter_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """The address says what a free stretch of the week was."""
        place = self.place_of(request, telecentre_id, CHANGES)
        sent = request.POST if request.method == "POST" else None
        extras = place.extras.offered()
        initial = {"jour": day_of(timezone.now()), **request.GET.dict()}
        form = CounterForm(sent, initial=initial, telecentre=place, extras=extras)
        status = 400 if sent is not None else 200
        if sent is not None and form.is_valid():
            try:
                return self._book(request, place, form)
            except BookingRefusal as refusal:
                form.add_error(None, explain_at_counter(refusal))
                status = 409 if refusal.is_conflict else 400
        return self.place_page(request, place, "book", status=status, form=form)

    def _book(self, request: HttpRequest, place: Telecentre, form: CounterForm) -> HttpResponse:
        given = form.cleaned_data
        booking = book_for_somebody(
            space=given["espace"],
            slot=form.slot,
            author=cast("User", request.user),
            holder=form.holder,
            people=given["personnes"],
            note=given["note"],
            extras=form.wanted,
            is_outside_hours=given["hors_horaires"],
        )
        self.journal(request, JournalAct.CREATED, booking, model=Booking)
        told = _("%(space)s est réservé, référence %(reference)s.")
        messages.success(request, told % {"space": given["espace"], "reference": booking})
        return HttpResponseRedirect(page_address("week", place, jour=given["jour"]))
