import subprocess
import sys

import pytest
from django.utils import translation

from papier.domain.sheets import Sheet, draw_sheet
from tests.papier.reading import lines, reader
from tests.project.places import ROOT

A4 = (595, 842)


def sheet(title: str) -> Sheet:
    return Sheet("papier/sheet.html", title, "essai", {})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sheet_is_a4_numbered_and_says_its_title_and_language(language):
    with translation.override(language):
        drawn = reader(draw_sheet(sheet("Relevé de mars")))

    box = drawn.pages[0].mediabox
    assert (round(box.width), round(box.height)) == A4
    assert drawn.metadata.title == "Relevé de mars"
    assert drawn.root_object["/Lang"] == language
    assert drawn.root_object["/MarkInfo"]["/Marked"].value is True
    assert drawn.pages[0].extract_text().splitlines()[-1] == "Relevé de mars 1 / 1"


def test_fonts_are_ours_then_one_that_every_machine_has(caplog):
    drawn = reader(draw_sheet(sheet("Łódź, Ωμέγα")))

    fonts = drawn.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {
        "Bricolage-Grotesque-Bold", "Atkinson-Hyperlegible-Next", "DejaVu-Sans", "DejaVu-Sans-Bold",
    }  # fmt: skip
    assert caplog.messages == []


def test_what_someone_typed_is_text():
    text = lines(draw_sheet(sheet("<b>A</b> & <img src='http://127.0.0.1/'>")))

    assert text[0] == "<b>A</b> & <img src='http://127.0.0.1/'>"


def test_same_sheet_is_the_same_file():
    """Nothing of the moment or of chance stands in it but the names of its fonts’ subsets."""
    one, other = (reader(draw_sheet(sheet("Reçu"))) for _turn in range(2))

    assert one.pages[0].get_contents().get_data() == other.pages[0].get_contents().get_data()
    assert one.metadata.get("/CreationDate") is None


def test_library_is_not_loaded_at_start():
    """The whole site is, with its addresses: a process that draws nothing pays nothing."""
    code = (
        "import sys, django; django.setup(); import config.urls, papier.web.files;"
        "print('papier.domain.sheets' in sys.modules, 'weasyprint' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["True", "False"]
