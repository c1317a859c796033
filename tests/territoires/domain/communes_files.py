"""Small files in every official layout: fictional communes of Ariège, and ways to spoil them."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
SHIPPED = Path(__file__).parents[3] / "territoires" / "data"

Row = dict[str, str]


def records(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, rows: Iterable[Row]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def list_of(path: Path, codes: Iterable[str], **changes: str) -> Path:
    """A list of communes, by CSV, alike but for their codes."""
    model = records("communes.csv")[0] | changes
    rows = [model | {"code": code, "nom": f"Commune {code}"} for code in codes]
    return write_csv(path, rows)


def features(name: str = "communes.geojson") -> dict[str, Any]:
    collection: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return collection


def spoiled_geojson(path: Path, spoil: Callable[[dict[str, Any]], object]) -> Path:
    """The GeoJSON list after `spoil` changed its first feature in place."""
    collection = features()
    spoil(collection["features"][0])
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path
