import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
import tablib
from openpyxl import Workbook, load_workbook

from territoires.admin.spreadsheets import MAX_ROWS, SafeCsv, SafeXlsx, UnreadableFile
from territoires.domain.cells import is_formula_like
from tests.territoires.domain.test_cells import DANGEROUS


def table(*rows: list[object], headers: tuple[str, ...] = ("Nom", "Note")) -> tablib.Dataset:
    return tablib.Dataset(*rows, headers=headers)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_csv_holds_no_formula():
    content = SafeCsv().export_data(table(*[[text, "x"] for text in DANGEROUS if "\0" not in text]))

    assert content.startswith(b"\xef\xbb\xbf")
    rows = SafeCsv().create_dataset(content)
    raw = content.decode("utf-8-sig")
    assert not any(is_formula_like(line) and not line.startswith("'") for line in raw.split(";"))
    assert [row[0] for row in rows] == [text for text in DANGEROUS if "\0" not in text]


def test_xlsx_holds_no_formula():
    content = SafeXlsx().export_data(table(*[[text, -1] for text in DANGEROUS]))

    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells if cell.column == 2][1:] == [-1] * len(DANGEROUS)


def test_csv_is_written_for_french_programs():
    row = ["Foix", date(2026, 5, 1), datetime(2026, 5, 1, 16, 30, tzinfo=UTC), 1.5, True]
    row += [None, Decimal("231000.00"), time(9)]

    content = SafeCsv().export_data(table(row, headers=tuple("abcdefgh")))

    line = content.decode("utf-8-sig").splitlines()[1]
    assert line == "Foix;01/05/2026;01/05/2026 18:30;1,5;oui;;231000,00;09:00"


@pytest.mark.parametrize(
    "content",
    [
        "Nom;Note\r\nÉlie;vu\r\n".encode(),
        "Nom,Note\nÉlie,vu\n".encode("utf-8-sig"),
        "Nom\tNote\nÉlie\tvu\n\n\n".encode("cp1252"),
    ],
)
def test_csv_reads_what_programs_write(content):
    rows = SafeCsv().create_dataset(content)

    assert (rows.headers, list(rows)) == (["Nom", "Note"], [("Élie", "vu")])


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b";;\n", b"Nom;Nom\na;b", b"a" * 200_000, b";".join([b"a"] * 101)],
)
def test_csv_refuses_what_is_no_table(content):
    with pytest.raises(UnreadableFile):
        SafeCsv().create_dataset(content)


def test_table_longer_than_allowed_is_refused():
    with pytest.raises(UnreadableFile, match="lignes"):
        SafeCsv().create_dataset(b"Nom\n" + b"a\n" * (MAX_ROWS + 1))
    with pytest.raises(UnreadableFile):
        SafeXlsx().create_dataset(workbook(["Nom"], *[["a"]] * (MAX_ROWS + 1)))


def test_xlsx_reads_back_numbers_dates_and_line_breaks():
    content = SafeXlsx().export_data(table([9122, date(2026, 5, 1)], ["a\r\nb", ""]))

    assert list(SafeXlsx().create_dataset(content)) == [
        (9122, datetime(2026, 5, 1)),  # noqa: DTZ001
        ("a\nb", None),
    ]


def test_xlsx_formula_is_read_as_its_value_never_run():
    assert list(SafeXlsx().create_dataset(workbook(["Nom"], ["=1+1"], ["b"]))) == [("b",)]


def test_workbook_that_unfolds_too_large_is_refused_before_it_is_opened():
    """104 KB that hold 33 MB: the size is read in the zip's directory."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 33_000_000)
    assert len(file.getvalue()) < 104_000

    with pytest.raises(UnreadableFile, match="trop gros"):
        SafeXlsx().create_dataset(file.getvalue())


def test_workbook_with_entities_is_refused():
    content = workbook(["Nom"], ["a"])
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            new.writestr(part.filename, text)

    with pytest.raises(UnreadableFile, match="aucun tableur"):
        SafeXlsx().create_dataset(file.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 50, b"<html>"])
def test_xlsx_that_is_none_is_refused(content):
    with pytest.raises(UnreadableFile):
        SafeXlsx().create_dataset(content)


def test_zip_that_is_no_workbook_is_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(UnreadableFile, match="abîmé"):
        SafeXlsx().create_dataset(file.getvalue())
