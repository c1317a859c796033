import pytest

from portail.domain.colour_trial import try_colours


def test_try_colours_keeps_what_reads_well():
    trial = try_colours("#1f6f54", "#a35105")

    assert trial.moved == []
    assert trial.light["brand_ink"] == "#ffffff"
    assert [sample.is_legible for sample in trial.samples] == [True] * 7


def test_try_colours_says_what_it_darkened():
    trial = try_colours("#F2C230", "#d9772b")

    assert trial.moved == [("#f2c230", "#7f6302"), ("#d9772b", "#cb6b19")]
    button = trial.samples[2]
    assert (button.words, button.ink, button.ground) == ("Bouton", "#ffffff", "#7f6302")
    assert round(button.ratio, 1) == 5.7


def test_try_colours_refuses_what_is_no_colour():
    with pytest.raises(ValueError, match="vert"):
        try_colours("vert", "#d9772b")
