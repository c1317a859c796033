"""The accounts of a place, month by month: who owes what, a statement for each, what is paid."""

from datetime import date
from typing import Any, cast

import tablib
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comptes.models import User
from papier.web.files import sheet_file
from registre.enums import JournalAct
from telecentres.admin.place_pages import PlacePages
from telecentres.domain.papers import statement_of
from telecentres.domain.payments import left_to_pay, record_payment
from telecentres.domain.statements import (
    NOTHING,
    Account,
    around,
    asked_month,
    month_accounts,
    total_of,
)
from telecentres.models import Booking, Payment, Telecentre
from territoires.admin.spreadsheets import csv_file

LONGEST_REFERENCE = 20
LONGEST_PAYER = Payment._meta.get_field("payer").max_length  # noqa: SLF001  (documented)


class PaidForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Payment
        fields = ["payer", "amount", "means", "paid_on"]
        widgets = {"paid_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class AccountPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("comptes", self.accounts_view, "accounts"),
            self.page_url("comptes/sans-compte", self.nobody_view, "nobody"),
            self.page_url("comptes/<int:holder_id>", self.statement_view, "statement"),
            *super().get_urls(),
        ]

    def accounts_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """Everyone's month, or that of an employer's people; as a file too."""
        place = self.place_of(request, telecentre_id, "telecentres.view_payment")
        month = asked_month(request.GET.get("mois", ""))
        accounts = month_accounts(month, telecentres=[place])
        employers = sorted({each.employer for each in accounts if each.employer})
        employer = request.GET.get("employeur", "")
        if employer:
            accounts = [each for each in accounts if each.employer == employer]
        self.journal(request, JournalAct.READ, model=Payment, rows=len(accounts))
        if "csv" in request.GET:
            return _csv(place, month, accounts)
        if "pdf" in request.GET and employer and accounts:
            return sheet_file(statement_of(accounts, month, employer=employer))
        return self.place_page(
            request,
            place,
            "accounts",
            accounts=accounts,
            total=total_of(accounts),
            employers=employers,
            employer=employer,
            **around(month),
        )

    def statement_view(
        self, request: HttpRequest, telecentre_id: int, holder_id: int
    ) -> HttpResponse:
        """One person's month; Http404 for whoever has nothing due or paid in it."""
        place = self.place_of(request, telecentre_id, "telecentres.view_payment")
        holders = list(User.objects.filter(pk=holder_id))
        month = asked_month(request.GET.get("mois", ""))
        accounts = month_accounts(month, telecentres=[place], holders=holders)
        if not accounts:
            raise Http404
        return self._statement(request, accounts[0], month)

    def nobody_view(self, request: HttpRequest, telecentre_id: int) -> HttpResponse:
        """The month of those without account; the address may say which booking is paid."""
        place = self.place_of(request, telecentre_id, "telecentres.view_payment")
        month = asked_month(request.GET.get("mois", ""))
        accounts = month_accounts(month, telecentres=[place], holders=[None])
        account = accounts[0] if accounts else Account(place, None)
        asked = request.GET.get("reservation", "")[:LONGEST_REFERENCE]
        bookings = Booking.objects.filter(space__telecentre=place, holder=None)
        booking = bookings.filter(reference=asked).first() if asked.isalnum() else None
        return self._statement(request, account, month, booking)

    def _statement(
        self, request: HttpRequest, account: Account, month: date, booking: Booking | None = None
    ) -> HttpResponse:
        """As a file too; sent, what is paid is written down."""
        place = account.telecentre
        form = PaidForm(request.POST or None, initial=_proposed(account, booking))
        if request.method == "POST" and form.is_valid():
            self.place_of(request, place.pk, "telecentres.add_payment")
            self._receive(request, account, booking, form)
            return HttpResponseRedirect(request.get_full_path())
        self.journal(request, JournalAct.READ, model=Payment)
        if "pdf" in request.GET:
            return sheet_file(statement_of([account], month))
        context = {"account": account, "booking": booking, "form": form, **around(month)}
        return self.place_page(request, place, "statement", **context)

    def _receive(
        self, request: HttpRequest, account: Account, booking: Booking | None, form: PaidForm
    ) -> None:
        payment = record_payment(
            telecentre=account.telecentre,
            holder=account.holder,
            booking=booking,
            author=cast("User", request.user),
            **form.cleaned_data,
        )
        self.journal(request, JournalAct.CREATED, payment, model=Payment)
        receipt = reverse("admin:telecentres_payment_receipt", args=[payment.pk])
        words = _("C’est noté, reçu %s.") % payment
        link = format_html('<a href="{}">{}</a>', receipt, _("Voir le reçu"))
        messages.success(request, format_html("{} {}", words, link))


def _proposed(account: Account, booking: Booking | None) -> dict[str, Any]:
    """Of a booking, what is left of its price; of an account, what is left in all."""
    payer, left = account.employer or str(account.holder or ""), account.balance
    if account.holder is None:
        payer = booking.note[:LONGEST_PAYER] if booking else ""
        left = left_to_pay(booking) if booking else NOTHING
    amount = left if left > 0 else None
    return {"payer": payer, "amount": amount, "paid_on": timezone.localdate()}


def _csv(place: Telecentre, month: date, accounts: list[Account]) -> HttpResponse:
    headers = [_("Nom"), _("E-mail"), _("Employeur"), _("Date"), _("Libellé"), _("Montant (€)")]
    lines = tablib.Dataset(headers=headers)
    for account in accounts:
        email = account.holder.email if account.holder else ""
        who = (account.name, email, account.employer)
        if account.before:
            lines.append((*who, month, _("Report du mois d’avant"), account.before))
        for entry in account.entries:
            lines.append((*who, entry.day, entry.words, entry.amount))
    return csv_file(lines, f"comptes-{place.slug}-{month:%Y-%m}")
