"""CSV and XLSX that no spreadsheet program can be fooled by, and that cannot fool us.

What goes out is data, never a formula; what comes in is measured before it is opened.
"""

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import tablib
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from territoires.domain.cells import escaped, unescaped

MAX_FILE_BYTES = 5 * 1024 * 1024
# A workbook is a zip: one of 104 KB can hold 33 MB, and openpyxl needs ten times that in memory.
MAX_WORKBOOK_BYTES = 12 * 1024 * 1024
MAX_WORKBOOK_PARTS = 200
MAX_ROWS = 5_000
MAX_COLUMNS = 100

Cell = str | int | float | Decimal | bool | date | datetime | time | None


class UnreadableFile(Exception):
    """A file we refuse to read; says why, in words for whoever sent it."""


class SafeCsv(CSV):  # type: ignore[misc]
    """Semicolons, decimal commas and a byte order mark, as French spreadsheet programs expect.

    Read as bytes: what comes back may be in UTF-8 or in the Windows code page, and use commas.
    """

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def get_title(self) -> str:
        return _("CSV (texte)")

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        file = StringIO()
        writer = csv.writer(file, delimiter=";")
        writer.writerow([escaped(header) for header in dataset.headers])
        writer.writerows([_csv_text(cell) for cell in row] for row in dataset)
        return file.getvalue().encode("utf-8-sig")

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        text = _decoded(in_stream)
        first_line = text.partition("\n")[0]
        delimiter = max(";,\t", key=first_line.count)
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        try:
            return _dataset(rows)
        except csv.Error as error:
            raise UnreadableFile(_("Ce fichier n’est pas un tableau CSV.")) from error


def csv_file(lines: tablib.Dataset, name: str) -> HttpResponse:
    """To be kept under that name, whose ending is added."""
    response = HttpResponse(SafeCsv().export_data(lines), content_type=SafeCsv.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class SafeXlsx(XLSX):  # type: ignore[misc]
    def get_title(self) -> str:
        return _("Classeur Excel ou LibreOffice (xlsx)")

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet(_("Données"))
        sheet.freeze_panes = "A2"
        for number, header in enumerate(dataset.headers):
            width = max(12, min(40, len(header) + 4))
            sheet.column_dimensions[get_column_letter(number + 1)].width = width
        sheet.append([_text_cell(sheet, header, bold=True) for header in dataset.headers])
        for row in dataset:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
        file = BytesIO()
        workbook.save(file)
        return file.getvalue()

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        check_workbook(in_stream)
        try:
            workbook = load_workbook(BytesIO(in_stream), read_only=True, data_only=True)
            rows = workbook.worksheets[0].iter_rows(
                max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True
            )
            return _dataset([_reread(cell) for cell in row] for row in rows)
        except UnreadableFile:
            raise
        except Exception as error:  # openpyxl fails in many ways on a broken part
            raise UnreadableFile(_("Ce classeur est abîmé : ouvrez-le et réenregistrez-le.")) from (
                error
            )


def check_workbook(content: bytes) -> None:
    """Measure a workbook by its directory, before any of it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > MAX_WORKBOOK_BYTES or len(parts) > MAX_WORKBOOK_PARTS:
                raise UnreadableFile(
                    _("Une fois déplié, ce classeur est trop gros : envoyez-le en CSV.")
                )
            for part in parts:
                with archive.open(part) as file:
                    start = file.read(2048).replace(b"\0", b"")
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise UnreadableFile(_("Ce classeur contient ce qu’aucun tableur n’écrit."))
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableFile(_("Ce fichier n’est pas un classeur .xlsx lisible.")) from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _dataset(rows: Iterable[Iterable[Cell]]) -> tablib.Dataset:
    """Headers, then the rows that say something, all of the headers' width."""
    dataset = tablib.Dataset()
    lines = iter(rows)
    headers = [str(cell if cell is not None else "").strip() for cell in next(lines, [])]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise UnreadableFile(_("La première ligne doit porter les noms des colonnes."))
    if len(headers) > MAX_COLUMNS:
        raise UnreadableFile(_("Ce tableau a trop de colonnes."))
    twice = [header for header in dict.fromkeys(headers) if headers.count(header) > 1]
    if twice:
        words = _("Deux colonnes portent le même nom : %(columns)s.")
        raise UnreadableFile(words % {"columns": quoted(twice)})
    dataset.headers = [unescaped(header) for header in headers]
    for line in lines:
        cells = [unescaped(cell) if isinstance(cell, str) else cell for cell in line]
        del cells[len(headers) :]
        if any(cell not in {None, ""} for cell in cells):
            dataset.append(cells + [None] * (len(headers) - len(cells)))
        if len(dataset) > MAX_ROWS:
            raise UnreadableFile(
                _("Ce tableau dépasse %(most)d lignes : envoyez-le en plusieurs fois.")
                % {"most": MAX_ROWS}
            )
    return dataset


def _csv_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return escaped(cell.replace("\0", ""))
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    return plain_text(cell)


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»" for name in names)


def plain_text(cell: Cell) -> str:
    """A cell as one reads it: the form in which what comes back is compared with what we hold."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("oui") if cell else _("non")
    if isinstance(cell, datetime):
        moment = timezone.localtime(cell) if timezone.is_aware(cell) else cell
        return f"{moment:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def _xlsx_cell(sheet: Any, cell: Cell) -> WriteOnlyCell:
    if isinstance(cell, str | bool):
        return _text_cell(sheet, cell if isinstance(cell, str) else plain_text(cell))
    if isinstance(cell, datetime) and timezone.is_aware(cell):
        written = WriteOnlyCell(sheet, timezone.localtime(cell).replace(tzinfo=None))
        written.number_format = "DD/MM/YYYY HH:MM"
        return written
    written = WriteOnlyCell(sheet, cell)
    if isinstance(cell, date):
        written.number_format = "DD/MM/YYYY"
    return written


def _text_cell(sheet: Any, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A text that stays one: its type is set after openpyxl guessed it."""
    written = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", escaped(text)))
    written.data_type = "s"
    if bold:
        written.font = Font(bold=True)
    return written


def _reread(cell: Any) -> Cell:
    """A float that is a whole number was typed as one; a carriage return is written `_x000D_`."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str):
        return re.sub("_x000[dD]_", "", cell)
    return cell  # type: ignore[no-any-return]
