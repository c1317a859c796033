from datetime import date

import pytest
from django.db import IntegrityError

from telecentres.enums import BookingUnit, LineKind
from tests.factories import (
    BookingFactory,
    BookingLineFactory,
    EnrolmentFactory,
    FreeAllowanceFactory,
    PackFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    TariffFactory,
    TelecentreFactory,
)


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (TariffFactory, {"price": -1}, "tariff_not_negative"),
        (FreeAllowanceFactory, {"half_days": 0}, "free_allowance_offers_something"),
        (PackFactory, {"half_days": 0}, "pack_holds_something"),
        (PackFactory, {"price": -1}, "pack_price_not_negative"),
        (PackFactory, {"expires_on": date(2026, 12, 31)}, "pack_expires_after_sale"),
        (RightsMemberFactory, {"ends_on": date(2019, 12, 31)}, "rights_end_after_start"),
        (EnrolmentFactory, {"left_on": date(2025, 12, 31)}, "enrolment_ends_after_start"),
        (EnrolmentFactory, {"employer": "Mairie"}, "enrolment_employer_of_employee"),
        (BookingFactory, {"price": -1}, "booking_price_not_negative"),
        (TelecentreFactory, {"vat_rate": -1}, "telecentre_vat_not_negative"),
        (BookingLineFactory, {"quantity": 0}, "line_counts_something"),
        (BookingLineFactory, {"unit_price": -1}, "line_counts_something"),
        (BookingLineFactory, {"kind": LineKind.FREE}, "line_offered_costs_nothing"),
        (
            BookingLineFactory,
            {"kind": LineKind.FREE, "unit": BookingUnit.DAY, "unit_price": 0},
            "line_offered_costs_nothing",
        ),
        (BookingLineFactory, {"kind": LineKind.PACK, "unit_price": 0}, "line_of_pack_names_it"),
    ],
)
def test_database_refuses(db, factory, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        factory(**values)


def test_line_that_no_pack_pays_names_none(db):
    with pytest.raises(IntegrityError, match="line_of_pack_names_it"):
        BookingLineFactory(pack=PackFactory())


@pytest.mark.parametrize("has_group", [True, False])
def test_one_price_for_each_length_and_group(db, has_group):
    place, group = TelecentreFactory(), RightsGroupFactory() if has_group else None
    TariffFactory(telecentre=place, group=group)
    TariffFactory(telecentre=place, group=group, unit=BookingUnit.DAY)

    with pytest.raises(IntegrityError, match="tariff_once"):
        TariffFactory(telecentre=place, group=group)


def test_one_allowance_for_each_group(db):
    place = TelecentreFactory()
    FreeAllowanceFactory(telecentre=place)

    with pytest.raises(IntegrityError, match="free_allowance_once"):
        FreeAllowanceFactory(telecentre=place)


def test_someone_is_of_a_group_once_at_a_time(db):
    member = RightsMemberFactory(ends_on=date(2026, 12, 31))
    again = {"group": member.group, "user": member.user}
    RightsMemberFactory(**again, starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))

    with pytest.raises(IntegrityError, match="rights_once_at_a_time"):
        RightsMemberFactory(**again, starts_on=date(2027, 6, 30))


def test_someone_is_enrolled_once_at_a_time(db):
    gone = EnrolmentFactory(left_on=date(2026, 12, 31))
    again = {"programme": gone.programme, "user": gone.user}
    EnrolmentFactory(**again)

    with pytest.raises(IntegrityError, match="enrolled_once_at_a_time"):
        EnrolmentFactory(**again)
