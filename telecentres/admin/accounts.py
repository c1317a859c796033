"""The accounts of a place, month by month: who owes what, a statement for each, what is paid."""

from datetime import date
from typing import Any, cast

import tablib
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from comptes.models import User
from papier.web.files import sheet_file
from registre.enums import JournalAct
from telecentres.admin.place_pages import PlacePages
from telecentres.domain.papers import statement_of
from telecentres.domain.payments import record_payment
from telecentres.domain.statements import Account, around, asked_month, month_accounts
from telecentres.models import Payment, Telecentre
from territoires.admin.spreadsheets import SafeCsv


class PaidForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Payment
        fields = ["payer", "amount", "means", "paid_on"]
        widgets = {"paid_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class AccountPages(PlacePages):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("comptes", self.accounts_view, "accounts"),
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
            employers=employers,
            employer=employer,
            **around(month),
        )

    def statement_view(
        self, request: HttpRequest, telecentre_id: int, holder_id: int
    ) -> HttpResponse:
        """One person's month, as a file too; sent, what they pay is written down."""
        place = self.place_of(request, telecentre_id, "telecentres.view_payment")
        month = asked_month(request.GET.get("mois", ""))
        account = self._account(place, month, holder_id)
        form = PaidForm(request.POST or None, initial=_proposed(account))
        if request.method == "POST" and form.is_valid():
            self.place_of(request, telecentre_id, "telecentres.add_payment")
            self._receive(request, account, form)
            return HttpResponseRedirect(request.get_full_path())
        self.journal(request, JournalAct.READ, model=Payment)
        if "pdf" in request.GET:
            return sheet_file(statement_of([account], month))
        return self.place_page(
            request, place, "statement", account=account, form=form, **around(month)
        )

    def _account(self, place: Telecentre, month: date, holder_id: int) -> Account:
        """Http404 for whoever has nothing due or paid in that month."""
        holders = list(User.objects.filter(pk=holder_id))
        accounts = month_accounts(month, telecentres=[place], holders=holders)
        if not accounts:
            raise Http404
        return accounts[0]

    def _receive(self, request: HttpRequest, account: Account, form: PaidForm) -> None:
        payment = record_payment(
            telecentre=account.telecentre,
            holder=account.holder,
            author=cast("User", request.user),
            **form.cleaned_data,
        )
        self.journal(request, JournalAct.CREATED, payment, model=Payment)
        messages.success(request, _("C’est noté, reçu %s.") % payment)


def _proposed(account: Account) -> dict[str, Any]:
    return {
        "payer": account.employer or str(account.holder),
        "amount": account.balance if account.balance > 0 else None,
        "paid_on": timezone.localdate(),
    }


def _csv(place: Telecentre, month: date, accounts: list[Account]) -> HttpResponse:
    headers = [_("Nom"), _("E-mail"), _("Employeur"), _("Date"), _("Libellé"), _("Montant (€)")]
    lines = tablib.Dataset(headers=headers)
    for account in accounts:
        who = (str(account.holder), account.holder.email, account.employer)
        if account.before:
            lines.append((*who, month, _("Report du mois d’avant"), account.before))
        for entry in account.entries:
            lines.append((*who, entry.day, entry.words, entry.amount))
    response = HttpResponse(SafeCsv().export_data(lines), content_type=SafeCsv.CONTENT_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="comptes-{place.slug}-{month:%Y-%m}.csv"'
    )
    return response
