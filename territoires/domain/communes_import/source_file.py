"""Read a file's text, compressed or not, without letting it fill the memory."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.domain.communes_import.refusals import BadRow, FileRefused

# The largest official file (contours of France to 50 m) holds in this once decompressed.
MOST_BYTES = 256 * 1024 * 1024
CHUNK = 1024 * 1024
GZIP = b"\x1f\x8b"
OTHER_KINDS = {
    b"PK": gettext_lazy("une archive zip ou un classeur"),
    b"%P": gettext_lazy("un document PDF"),
    b"\xff\xfe": gettext_lazy("un texte en UTF-16"),
    b"\xfe\xff": gettext_lazy("un texte en UTF-16"),
}


def read_text(path: Path) -> str:
    """The file's text. Bytes that are not UTF-8 stay as lone surrogates, for each row to refuse.

    Raises FileRefused when there is no such file, when it is empty, truncated, too large once
    decompressed, or plainly something else than text.
    """
    if not path.is_file():
        raise FileRefused(
            _("Ce fichier n’existe pas."), _("Vérifiez le chemin donné."), value=path.name
        )
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
            raw.seek(0)
            data = _read_capped(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused(
            _("L’archive gzip est tronquée ou abîmée."), _("Téléchargez-la de nouveau.")
        ) from error
    except OSError as error:
        raise FileRefused(
            _("Ce fichier ne peut pas être lu."), _("Vérifiez ses droits d’accès.")
        ) from error
    if not data.strip():
        raise FileRefused(_("Ce fichier est vide."), _("Téléchargez-le de nouveau."))
    if data[:2] in OTHER_KINDS:
        raise FileRefused(
            _("Ce fichier est %(kind)s.") % {"kind": OTHER_KINDS[data[:2]]},
            _("Donnez un CSV, un GeoJSON ou un JSON en UTF-8, comprimé par gzip ou non."),
        )
    return data.decode("utf-8-sig", errors="surrogateescape")


def _read_capped(stream: IO[bytes]) -> bytes:
    """All the bytes, unless there are more than MOST_BYTES: a small archive can hide gigabytes."""
    chunks, size = [], 0
    while chunk := stream.read(CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileRefused(
                _("Une fois décompressé, ce fichier dépasse %(size)d Mio.")
                % {"size": MOST_BYTES // 1024**2},
                _("Prenez des contours moins détaillés, ou un fichier par département."),
            )
    return b"".join(chunks)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def read_json(text: str) -> Any:
    """The value that `text` writes in JSON. Raises FileRefused when it is truncated or absurd."""
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise FileRefused(
            _("Le JSON s’interrompt ou se trompe."),
            _("Le fichier est sans doute tronqué : téléchargez-le de nouveau."),
            value=text[max(0, error.pos - 20) : error.pos + 20],
            line=error.lineno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            _("Le JSON contient une valeur démesurée ou qui n’est pas un nombre."),
            _("Corrigez cette valeur ou téléchargez le fichier de nouveau."),
            value=error,
        ) from error


class Table:
    """A CSV: the columns that its first line names, and its rows."""

    def __init__(self, text: str) -> None:
        first = text.split("\n", 1)[0].strip("\r")
        self._separator = max(",;\t", key=first.count)
        self._text = text
        self.columns = [name.strip().strip('"') for name in first.split(self._separator)]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number of the line that it ends on, header excepted.

        Raises FileRefused where a quotation mark never closes or a field is absurdly long: what
        follows could not be told from what precedes.
        """
        rows = csv.reader(
            io.StringIO(self._text, newline=""), delimiter=self._separator, strict=True
        )
        try:
            next(rows)
            for row in rows:
                if row:
                    yield rows.line_num, row
        except csv.Error as error:
            raise FileRefused(
                _("Le CSV s’interrompt ou se trompe : guillemet mal fermé ou valeur démesurée."),
                _("Corrigez cette ligne ou téléchargez le fichier de nouveau."),
                line=rows.line_num,
            ) from error

    def record(self, values: list[str]) -> dict[str, str]:
        """The values under their columns' names. Raises BadRow when there are too few or many."""
        if len(values) != len(self.columns):
            raise BadRow(
                ",".join(values),
                _("Cette ligne a %(found)d valeurs au lieu de %(expected)d.")
                % {"found": len(values), "expected": len(self.columns)},
                _("La ligne est tronquée ou contient un séparateur de trop : corrigez-la."),
            )
        return dict(zip(self.columns, values, strict=True))
