import pytest

from papier.domain.sheets import Sheet
from papier.web.files import sheet_file


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("releve-cap-2027-03-Zoé Roux", "releve-cap-2027-03-zoe-roux"),
        ('a"; filename="b.exe', "a-filenamebexe"),
        ("../../etc\r\nX-Evil: 1", "etc-x-evil-1"),
        ("Ωλ", ""),
    ],
)
def test_name_of_a_file_is_letters_and_hyphens(name, expected):
    response = sheet_file(Sheet("papier/sheet.html", "Essai", name, {}))

    assert response["Content-Disposition"] == f'attachment; filename="{expected}.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
