import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.colours import COMPONENT, TEXT, Colour, contrast, palette

hex_colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_black_on_white():
    assert contrast("#000000", "#ffffff") == 21


@given(hex_colours)
def test_colour_from_hex_comes_back(text):
    assert Colour.from_hex(text).hex == text


@given(hex_colours, hex_colours)
def test_palette_any_brand_reads(brand, accent):
    for tokens in palette(brand, accent).values():
        for ground in ("paper", "surface", "sunken", "brand-soft"):
            for text in ("ink", "ink-soft", "brand", "accent-text", "ok", "warn", "no"):
                assert contrast(tokens[text], tokens[ground]) >= TEXT, (text, ground)
            assert contrast(tokens["accent"], tokens[ground]) >= COMPONENT
        for ground in ("brand", "accent"):
            assert contrast(tokens[f"{ground}-ink"], tokens[ground]) >= TEXT
        for text in ("night-ink", "night-soft", "glow"):
            assert contrast(tokens[text], tokens["night"]) >= TEXT
        assert contrast(tokens["ink"], tokens["accent-soft"]) >= TEXT
        assert contrast(tokens["line-strong"], tokens["paper"]) >= COMPONENT


def test_palette_keeps_a_brand_that_reads():
    assert palette("#1d5c4a", "#a35105")["light"]["brand"] == "#1d5c4a"


@pytest.mark.parametrize("text", ["", "green", "#12345", "#1234567", "#zzzzzz"])
def test_palette_not_a_colour_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        palette(text, "#000000")
