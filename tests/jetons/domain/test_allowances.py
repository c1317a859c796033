from datetime import timedelta

import pytest

from jetons.domain.allowances import Limit, give_back, network_of, spend
from jetons.domain.errors import AllowanceSpent
from jetons.models import Allowance

THREE = Limit("essai", most=3, seconds=60)


def refusal(limit: Limit, caller: str) -> int | None:
    """The seconds to wait, None when it was allowed."""
    try:
        spend(limit, caller)
    except AllowanceSpent as refused:
        return refused.retry_after
    return None


def test_spend_refuses_the_one_after_the_last(db):
    assert [refusal(THREE, "1.2.3.4") for _turn in range(4)] == [None, None, None, 60]


def test_spend_counts_each_caller_apart(db):
    for _turn in range(3):
        spend(THREE, "1.2.3.4")

    assert refusal(THREE, "1.2.3.5") is None
    assert refusal(Limit("autre", most=1, seconds=60), "1.2.3.4") is None


def test_spend_begins_again_after_the_window(db):
    for _turn in range(3):
        spend(THREE, "1.2.3.4")
    kept = Allowance.objects.get()
    kept.started_at -= timedelta(seconds=61)
    kept.save()

    assert refusal(THREE, "1.2.3.4") is None
    assert Allowance.objects.get().spent == 1


def test_spend_keeps_neither_address_nor_mail(db):
    spend(THREE, "ana@example.org")

    assert "ana" not in str(Allowance.objects.values().get())


def test_give_back_starts_afresh(db):
    for _turn in range(3):
        spend(THREE, "ana@example.org")

    give_back(THREE, "ana@example.org")

    assert Allowance.objects.count() == 0
    assert refusal(THREE, "ana@example.org") is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_network_of_is_what_one_subscriber_owns(address, network):
    assert network_of(address) == network
