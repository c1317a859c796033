"""The directory as a file: what each agreed to open, and nothing else."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from solos.enums import PublicField
from solos.models import Solo
from solos.querysets import SoloQuerySet
from territoires.domain.cells import escaped

BATCH = 1000
MARK = "\ufeff"


def directory_lines(solos: SoloQuerySet) -> Iterator[str]:
    """CSV in UTF-8 with a mark and semicolons, one solo a line, read as it is sent."""
    yield MARK + _line([str(field.label) for field in PublicField if field != PublicField.PHOTO])
    rows = solos.select_related("trade", "commune").defer("public_words", "open_words")
    for solo in rows.iterator(chunk_size=BATCH):
        yield _line(
            [
                escaped(_told(solo, field)) if solo.opens(field) else ""
                for field in PublicField
                if field != PublicField.PHOTO
            ]
        )


def _told(solo: Solo, field: PublicField) -> str:
    value: Any = getattr(solo, field.value)
    if field in {PublicField.STATUS, PublicField.WORK_PLACE}:
        value = getattr(solo, f"get_{field.value}_display")()
    elif field == PublicField.TAKES_CLIENTS:
        value = "oui"
    elif field == PublicField.COMMUNE:
        value = solo.commune.name if solo.commune else ""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _line(cells: list[str]) -> str:
    written = StringIO()
    csv.writer(written, delimiter=";").writerow(cells)
    return written.getvalue()
