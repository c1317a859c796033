"""The browser that the tests drive."""

import shutil
import subprocess
from pathlib import Path

from machine.console import Command, run_step
from machine.places import Places
from machine.refusals import RefusalError
from machine.virtualenv import network_environment

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "microsoft-edge")

NO_BROWSER = (
    "Les essais pilotent un vrai navigateur et celui-ci n’a pas pu être téléchargé. Installez "
    "Chromium ou Google Chrome, ou lancez les autres essais : make test ARGS='-m \"not browser\"'"
)
NO_LIBRARIES = (
    "Il manque au navigateur des essais des bibliothèques du système. Installez-les : "
    "sudo .venv/bin/playwright install-deps chromium"
)


def find(places: Places) -> Path | None:
    """An installed Chromium or Chrome that really starts, or the one we downloaded."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _is_real(Path(path)):
            return Path(path)
    downloaded = (places.var / "browsers").glob("chromium-*/chrome-linux*/chrome")
    return next(iter(sorted(downloaded)), None)


def _is_real(path: Path) -> bool:
    """Ubuntu's package is a script that asks for a snap, and a snap sees none of our folders."""
    if "snap" in str(path.resolve()):
        return False
    asked = subprocess.run([path, "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def environment(places: Places) -> dict[str, str]:
    """What tells the tests which browser to drive, downloaded when the machine has none."""
    path = find(places) or _download(places)
    return {"CHROMIUM": str(path), "PLAYWRIGHT_BROWSERS_PATH": str(places.var / "browsers")}


def _download(places: Places) -> Path:
    """Ubuntu has no browser outside a snap: take the one that Playwright publishes."""
    folder, log = places.var / "browsers", places.log / "browser.log"
    command: Command = [places.python, "-m", "playwright", "install", "chromium"]
    env = network_environment() | {"PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    try:
        run_step("Navigateur des essais", command, log=log, env=env)
    except RefusalError as error:
        raise RefusalError(NO_BROWSER) from error
    path = find(places)
    if path is None or not _is_real(path):
        raise RefusalError(NO_LIBRARIES)
    return path
