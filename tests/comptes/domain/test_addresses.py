import pytest

from comptes.domain.addresses import plain_address


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ana@exemple.fr", "ana@exemple.fr"),
        (" Ana@EXEMPLE.fr\t", "ana@exemple.fr"),
        ("ａｎａ@exemple.fr", "ana@exemple.fr"),  # full width
        ("ana@exe\u0301mple.fr", "ana@exémple.fr"),  # composed
        ("аna@exemple.fr", "аna@exemple.fr"),  # a Cyrillic а stays another letter
    ],
)
def test_plain_address_is_one_however_it_is_typed(typed, plain):
    assert plain_address(typed) == plain
