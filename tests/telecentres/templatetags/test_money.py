from decimal import Decimal

import pytest

from telecentres.templatetags.money import euros


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("8.5"), "8,50\N{NO-BREAK SPACE}€"),
        (Decimal(-20), "\N{MINUS SIGN}20,00\N{NO-BREAK SPACE}€"),
        (Decimal("1234.5"), "1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"),
    ],
)
def test_amount_is_to_the_cent_with_a_true_minus_sign(amount, words):
    assert euros(amount) == words
