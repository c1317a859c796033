"""France laid out from Ariège: files of as many communes as one likes, with real shapes."""

import gzip
import json
from pathlib import Path
from typing import Any

from territoires.models import Department

ARIEGE = Path(__file__).parents[1] / "territoires" / "data" / "communes-09.geojson"
# Degrees between two copies of Ariège, and the corner of the first: all stay inside France's box.
STEP = (1.4, 0.8)
FIRST = (-5.4, 41.3)
COLUMNS = 11
PER_DEPARTMENT = 365


def write_file(path: Path, count: int, *, more: int = 0, by: float = 0.0) -> Path:
    """A GeoJSON of `count` communes, with `more` inhabitants each, `by` degrees off."""
    model = json.loads(ARIEGE.read_text(encoding="utf-8"))["features"]
    metropole = Department.objects.filter(code__lt="97").order_by("code")
    departments = list(metropole.values_list("code", flat=True))
    features = [
        _carried(model[number % len(model)], number, departments, more, by)
        for number in range(count)
    ]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        json.dump({"type": "FeatureCollection", "features": features}, file)
    return path


def _carried(model: Any, number: int, departments: list[str], more: int, by: float) -> Any:
    """The numberth commune: one of Ariège, carried into its copy of the department."""
    row, column = divmod(number // 325, COLUMNS)
    east = FIRST[0] + column * STEP[0] - 0.8 + by
    north = FIRST[1] + row * STEP[1] - 42.5 + by
    department = departments[number // PER_DEPARTMENT]
    code = f"{department}{number % PER_DEPARTMENT + 1:03}"
    properties = model["properties"] | {
        "code": code,
        "codeDepartement": department,
        "population": model["properties"]["population"] + more,
    }
    for place in ("centre", "mairie"):
        if point := properties.get(place):
            properties[place] = _shifted(point, east, north)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [[_shifted(point, east, north) for point in ring] for ring in polygon]
                for polygon in model["geometry"]["coordinates"]
            ],
        },
    }


def _shifted(point: list[float], east: float, north: float) -> list[float]:
    return [round(point[0] + east, 5), round(point[1] + north, 5)]
