"""What the distribution must provide, what is missing, and how the operator gets it."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from machine import browsers, postgres, redis
from machine.console import INTERRUPTED, call, say
from machine.environment import Needs
from machine.places import Places
from machine.refusals import RefusalError

OTHER_SYSTEM = (
    "Il manque à cette machine : {missing}. Elle n’est ni une Debian ni une Ubuntu : installez-les "
    "vous-même, ou lancez Solos avec des conteneurs : docker compose up"
)
# What WeasyPrint loads to draw a PDF, by the package that brings it.
DRAWING = {
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def missing(places: Places, *, browser: bool) -> list[str]:
    """The packages to install, by Debian's names."""
    needs = Needs.of(places)
    wanted = {
        "python3-venv": _can_make_environments(),
        postgis_package(places): not needs.postgres or _has_postgres(places),
        "redis-tools": not needs.redis or redis.program() is not None,
        "gettext": shutil.which("msgfmt") is not None,
        "fonts-dejavu-core": FONT.exists(),
        **{package: _has_library(name) for package, name in DRAWING.items()},
    }
    if browser:
        wanted["chromium"] = browsers.find(places) is not None
    return [name for name, present in wanted.items() if not present]


def _can_make_environments() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_postgres(places: Places) -> bool:
    version = postgres.data_version(places)
    return any(version in {None, one.version} for one in postgres.installed())


def postgis_package(places: Places) -> str:
    """PostGIS for the version that made the data or is installed; else the distribution's."""
    version = postgres.data_version(places) or max(_servers(), default=None)
    return f"postgresql-{version}-postgis-3" if version else "postgresql-postgis"


def _servers() -> list[int]:
    folders = Path("/usr/lib/postgresql").glob("[0-9]*/bin/postgres")
    return [int(program.parent.parent.name) for program in folders]


def provide(places: Places, *, browser: bool) -> None:
    """Install what is missing, or say exactly what to ask for."""
    names = missing(places, browser=browser)
    if "chromium" in names and distribution() == "ubuntu":
        names.remove("chromium")  # there, that package only points to a snap
    if not names:
        return
    if distribution() not in {"debian", "ubuntu"}:
        raise RefusalError(OTHER_SYSTEM.format(missing=", ".join(names)))
    if "python3-venv" in names and not _is_system_python():
        raise RefusalError(
            f"Ce Python ({sys.executable}) ne sait pas créer d’environnement (module ensurepip). "
            "Employez celui du système : make run PYTHON=/usr/bin/python3"
        )
    say(f"Paquets du système à installer : {', '.join(names)}")
    _as_root(names)
    still = missing(places, browser=browser)
    if set(still) & set(names):
        raise RefusalError(f"Ces paquets ne se sont pas installés : {', '.join(still)}.")


def _is_system_python() -> bool:
    return Path(sys.executable).resolve().is_relative_to("/usr/bin")


def _as_root(names: list[str]) -> None:
    """Run `machine.install` as root, through sudo when we are not."""
    command = [sys.executable, "-B", "-m", "machine.install", *names]
    if os.geteuid() != 0:
        command = [*_sudo(names), *_passed_on(os.environ), *command]
    code = call(command, cwd=Path(__file__).parent.parent)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code:
        raise RefusalError(
            f"L’installation a échoué (voir ci-dessus). Paquets attendus : {' '.join(names)}"
        )


def _sudo(names: list[str]) -> list[str]:
    """The words that make a command root's, once we know that they work."""
    sudo = shutil.which("sudo")
    ask = RefusalError(
        "Il faut installer des paquets et ce compte n’en a pas le droit. Demandez à "
        f"l’administrateur de la machine : apt-get install {' '.join(names)}"
    )
    if not sudo:
        raise ask
    if subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        if not sys.stdin.isatty():
            raise ask
        say("sudo va demander le mot de passe de votre compte.")
        if subprocess.run([sudo, "-v"], check=False).returncode:
            raise ask
    return [sudo]


def _passed_on(env: Mapping[str, str]) -> list[str]:
    """The proxies that sudo would otherwise forget."""
    names = [name for name in env if name.lower() in {"http_proxy", "https_proxy", "no_proxy"}]
    return ["env", *(f"{name}={env[name]}" for name in names)]


def distribution(path: Path = Path("/etc/os-release")) -> str | None:
    """`debian`, `ubuntu` (with what derives from them), or None."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    family = f"{pairs.get('ID', '')} {pairs.get('ID_LIKE', '')}".replace('"', "").split()
    if "ubuntu" in family:
        return "ubuntu"
    return "debian" if "debian" in family else None
