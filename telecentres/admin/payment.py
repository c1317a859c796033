"""Payments of one's places: typed once, each with its receipt."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comptes.models import User
from papier.web.files import sheet_file
from registre.enums import JournalAct
from telecentres.admin.holders import AccountForm, mail_link
from telecentres.domain.papers import receipt_of
from telecentres.domain.payments import record_payment
from telecentres.models import Payment
from territoires.admin.base import OfficeAdmin, stand_for


class PaymentForm(AccountForm):
    account = "holder"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever walks in pays too.
        self.fields["email"].required = False


@admin.register(Payment)
class PaymentAdmin(OfficeAdmin):
    """What is written stays: a mistake is paid back by a payment of less than nothing."""

    form = PaymentForm
    list_display = ["receipt", "telecentre", "payer", "amount", "means", "paid_on"]
    list_filter = ["means", "paid_on", "telecentre__territory"]
    list_select_related = ["telecentre"]
    search_fields = ["payer__unaccent", "holder__email", "telecentre__name__unaccent"]
    search_help_text = _("Nom sur le reçu, e-mail, télécentre.")
    autocomplete_fields = ["telecentre"]
    fields = ["telecentre", "payer", "email", "amount", "means", "paid_on"]
    shown = [
        "receipt",
        "telecentre",
        "payer",
        "holder_told",
        "booking",
        "amount",
        "means",
        "paid_on",
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.shown if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.shown if obj else ())]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.receipt_view)
        own = path("<int:payment_id>/recu/", view, name="telecentres_payment_receipt")
        return [own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Payment, form: Any, change: Any) -> None:
        kept = record_payment(
            telecentre=obj.telecentre,
            holder=obj.holder,
            author=cast("User", request.user),
            **{name: form.cleaned_data[name] for name in ("payer", "amount", "means", "paid_on")},
        )
        stand_for(obj, kept)

    def receipt_view(self, request: HttpRequest, payment_id: int) -> HttpResponse:
        """To hand over: as a page, or as a file."""
        payment = get_object_or_404(self.get_queryset(request), pk=payment_id)
        self.journal(request, JournalAct.READ, payment)
        if "pdf" in request.GET:
            return sheet_file(receipt_of(payment))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reçu %(payment)s") % {"payment": payment},
            "opts": self.opts,
            "payment": payment,
        }
        return TemplateResponse(request, "admin/telecentres/payment/receipt.html", context)

    @admin.display(description=_("titulaire"))
    def holder_told(self, payment: Payment) -> str | SafeString:
        return mail_link(payment.holder)

    @admin.display(description=_("reçu"), ordering="number")
    def receipt(self, payment: Payment) -> SafeString:
        page = reverse("admin:telecentres_payment_receipt", args=[payment.pk])
        return format_html('<a href="{}">{}</a>', page, payment)
