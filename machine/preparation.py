"""What the site needs before it can be served: schema, demo data, static files, translations."""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from machine import environment
from machine.console import run_step, step
from machine.places import Places
from machine.refusals import RefusalError


@dataclass(frozen=True)
class Django:
    """The project's `manage.py`, under one settings module."""

    places: Places
    settings: str

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the project starts with."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": f"config.settings.{self.settings}",
            "LOG_FORMAT": environment.given(self.places, "LOG_FORMAT") or "console",
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def as_owner(self) -> dict[str, str]:
        """The same, connected as the role that may change the schema."""
        owner = environment.known(self.places, "DATABASE_OWNER_URL")
        return self.environment | ({"DATABASE_URL": owner} if owner else {})

    def command(self, *arguments: str) -> list[str | Path]:
        return [self.places.python, self.places.root / "manage.py", *arguments]

    def migrate(self) -> None:
        """Bring the schema up to date, as the owner."""
        command = self.command("migrate", "--no-input")
        self._run("Schéma de la base", command, "migrate", env=self.as_owner)

    def load_demo(self) -> None:
        """Load the demo territory; a no-op when it is there."""
        self._run("Territoire de démonstration", self.command("load_demo"), "load_demo")

    def collect_static(self) -> None:
        """Gather, compress and name the static files, when one of them changed."""
        stamp = self.places.stamps / "static"
        state = _state(self._static_files())
        if stamp.exists() and stamp.read_text(encoding="ascii") == state:
            return
        command = self.command("collectstatic", "--no-input", "--verbosity=0")
        self._run("Fichiers statiques", command, "collectstatic")
        stamp.write_text(state, encoding="ascii")

    def _run(
        self, title: str, command: list[str | Path], name: str, *, env: dict[str, str] | None = None
    ) -> None:
        log = self.places.log / f"{name}.log"
        run_step(title, command, log=log, env=env or self.environment, cwd=self.places.root)

    def _static_files(self) -> list[Path]:
        """Ours, and what tells which versions of the libraries bring theirs."""
        root = self.places.root
        folders = [root / "static", *(path.parent / "static" for path in root.glob("*/apps.py"))]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        settings = root / "config" / "settings"
        return [*files, *settings.glob("*.py"), self.places.venv / "installed"]


def _state(files: Iterable[Path]) -> str:
    """A digest of those files' names, sizes and times."""
    digest = hashlib.sha256()
    for path in sorted(files):
        known = path.stat()
        digest.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def compile_messages(places: Places) -> None:
    """Compile the translations whose source is newer."""
    sources = [*places.root.glob("locale/*/LC_MESSAGES/*.po")]
    sources += places.root.glob("[a-z]*/locale/*/LC_MESSAGES/*.po")
    stale = [path for path in sources if _is_older(path.with_suffix(".mo"), path)]
    if not stale:
        return
    with step("Traductions"):
        for path in stale:
            fresh = path.with_suffix(".mo.new")
            ended = subprocess.run(
                ["msgfmt", "--check-format", "-o", fresh, path],
                capture_output=True,
                text=True,
                check=False,
            )
            if ended.returncode:
                fresh.unlink(missing_ok=True)
                raise RefusalError(f"Traduction incorrecte :\n{ended.stderr.strip()}")
            fresh.replace(path.with_suffix(".mo"))


def _is_older(path: Path, reference: Path) -> bool:
    return not path.exists() or path.stat().st_mtime_ns < reference.stat().st_mtime_ns
