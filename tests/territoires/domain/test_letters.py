import pytest

from territoires.domain.letters import plain_letters


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Élodie", "elodie"), ("ŒUVRE", "œuvre"), ("Straße", "strasse"), ("", ""), ("n° 3", "n° 3")],
)
def test_plain_letters_have_no_capital_and_no_accent(text, plain):
    assert plain_letters(text) == plain
