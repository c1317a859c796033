import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from telecentres.enums import BookingUnit, ExtraPer, LineKind, SpaceKind
from telecentres.models import Extra
from tests.factories import BookingLineFactory, ExtraFactory


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"price": -1}, "extra_price_not_negative"),
        ({"stock": 0}, "extra_exists"),
        ({"notice": 721}, "extra_notice_within_a_month"),
    ],
)
def test_database_refuses(db, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        ExtraFactory(**values)


def test_name_is_that_of_one_extra_of_the_place(db):
    extra = ExtraFactory(name="Café")
    ExtraFactory(name="Café")

    with pytest.raises(IntegrityError, match="extra_once"):
        ExtraFactory(telecentre=extra.telecentre, name="Café")


@pytest.mark.parametrize(
    "values",
    [{"extra": None}, {"label": ""}, {"unit": BookingUnit.DAY}, {"kind": LineKind.PRICE}],
)
def test_line_of_an_extra_says_which_and_no_length(db, values):
    with pytest.raises(IntegrityError, match="line_of_extra_names_it"):
        BookingLineFactory(of_extra=True, **values)


def test_line_of_a_length_has_one(db):
    with pytest.raises(IntegrityError, match="line_of_extra_names_it"):
        BookingLineFactory(unit="")


def test_line_says_so_many_of_what(db):
    assert str(BookingLineFactory(of_extra=True, quantity=3, label="Café")) == "3 × Café"
    assert str(BookingLineFactory(quantity=2)) == "2 × demi-journée"


def test_what_was_taken_is_never_deleted(db):
    line = BookingLineFactory(of_extra=True)

    with pytest.raises(ProtectedError):
        line.extra.delete()

    assert Extra.objects.get() == line.extra


@pytest.mark.parametrize(
    ("per", "stock", "most"),
    [
        (ExtraPer.BOOKING, None, 1),
        (ExtraPer.PERSON, None, 8),
        (ExtraPer.PERSON, 5, 5),
        (ExtraPer.PIECE, None, 99),
        (ExtraPer.PIECE, 2, 2),
        (ExtraPer.PIECE, 300, 99),
    ],
)
def test_one_booking_takes_so_many_at_most(per, stock, most):
    assert Extra(per=per, stock=stock).most_for(8) == most


def test_extra_says_which_spaces_it_goes_with():
    assert Extra().kind_labels == ""
    assert Extra(kinds=[SpaceKind.MEETING_ROOM, SpaceKind.DESK]).kind_labels == (
        "poste en open-space, salle de réunion"
    )
