"""What is handed over about money, on paper: statements of a month, receipts."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from papier.domain.sheets import Sheet
from telecentres.domain.statements import NOTHING, Account
from telecentres.models import Payment


def statement_of(accounts: Sequence[Account], month: date, *, employer: str = "") -> Sheet:
    """One person's month at a place; or, one after the other, that of an employer's people."""
    place = accounts[0].telecentre
    who = employer or accounts[0].name
    of_someone = employer or accounts[0].holder
    words = _("Relevé de %(who)s, %(month)s") if of_someone else _("Relevé : %(who)s, %(month)s")
    return Sheet(
        "telecentres/paper/statement.html",
        words % {"who": who, "month": date_format(month, "F Y")},
        f"releve-{place.slug}-{month:%Y-%m}-{who}",
        {
            "place": place,
            "accounts": accounts,
            "employer": employer,
            "balance": sum((each.balance for each in accounts), NOTHING),
            "today": timezone.localdate(),
        },
    )


def receipt_of(payment: Payment) -> Sheet:
    place = payment.telecentre
    return Sheet(
        "telecentres/paper/receipt.html",
        _("Reçu %(payment)s") % {"payment": payment},
        f"recu-{place.slug}-{payment}",
        {"place": place, "payment": payment},
    )
