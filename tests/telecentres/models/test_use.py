from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from telecentres.enums import SpaceKind
from telecentres.models import UseStatement
from tests.factories import TelecentreFactory, UseStatementFactory

TWICE = (
    "Ce mois est déjà déclaré : une fois par nature d’espace, ou une fois pour tout le lieu."
    " Corrigez ce qui l’a été."
)


@pytest.mark.parametrize(
    ("there", "other"),
    [("", ""), ("", SpaceKind.DESK), (SpaceKind.WORKSHOP, ""), (SpaceKind.DESK, SpaceKind.DESK)],
)
def test_month_is_stated_once_in_full_or_by_kind(db, there, other):
    stated = UseStatementFactory(kind=there)

    again = UseStatementFactory.build(telecentre=stated.telecentre, kind=other, stated_by=None)
    with pytest.raises(ValidationError) as refused:
        again.full_clean()
    assert refused.value.messages == [TWICE]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_other_kinds_months_and_places_are_stated_beside(db):
    stated = UseStatementFactory(kind=SpaceKind.DESK)

    UseStatementFactory(telecentre=stated.telecentre, kind=SpaceKind.OFFICE)
    UseStatementFactory(telecentre=stated.telecentre, month=date(2027, 4, 1))
    UseStatementFactory(kind="")

    assert UseStatement.objects.count() == 4


def test_month_is_said_by_its_first_day(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        UseStatementFactory(month=date(2027, 3, 2))


def test_statement_is_named_by_its_place_and_month(db):
    place = TelecentreFactory(name="Cap Delta")

    assert str(UseStatementFactory(telecentre=place)) == "Cap Delta – 03/2027"
