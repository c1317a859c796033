import pytest

from territoires.domain.cells import escaped, is_formula_like, unescaped

DANGEROUS = [
    "=1+1", "+33", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＋1", "－1", "＠x",
    "  =1+1", "\u00a0=HYPERLINK(1)", "'=1", "''=1",
]  # fmt: skip
HARMLESS = ["", "Foix", "a=b", "l’été", "'", "''", "'quoted'", "1+1", "é=1", "09122"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_escaped_text_never_starts_a_formula(text):
    assert is_formula_like(text)
    assert escaped(text) == f"'{text}"
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text):
    assert escaped(text) == text
    assert unescaped(text) == text
