"""Where GDAL and GEOS are: inside the pyogrio and shapely wheels.

Debian's GDAL 3.6 cannot be told to keep away from files (check gis.W001); the wheels carry a
recent one, the same on every machine. GDAL and PROJ must also be told where their data is.
"""

import os
from importlib.util import find_spec
from pathlib import Path


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the {package} wheel is missing: run `make run`")
    return Path(spec.origin).parent


def _bundled_library(package: str, pattern: str) -> str:
    folder = _package_folder(package)
    found = sorted((folder.parent / f"{package}.libs").glob(pattern))
    if not found:
        raise RuntimeError(f"no {pattern} beside {folder}: is {package} installed from its wheel?")
    return str(found[0])


GDAL_LIBRARY_PATH = _bundled_library("pyogrio", "libgdal*.so*")
GEOS_LIBRARY_PATH = _bundled_library("shapely", "libgeos_c*.so*")
os.environ.setdefault("GDAL_DATA", str(_package_folder("pyogrio") / "gdal_data"))
os.environ.setdefault("PROJ_DATA", str(_package_folder("pyogrio") / "proj_data"))
