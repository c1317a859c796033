"""Stage one: with the system's Python alone, make the machine ready and hand over to `.venv`."""

import os
import sys
from dataclasses import dataclass

from machine import locks, packages, ports, virtualenv
from machine.console import INTERRUPTED, complain, say
from machine.environment import given
from machine.places import PROJECT, Places, make_var, require_space
from machine.refusals import RefusalError, sentence_for

INSTALLED_SIZE = 2_500  # MiB: packages, libraries, data
WORKING_SIZE = 300


@dataclass(frozen=True)
class Needed:
    """What a command needs before it can start."""

    level: str | None = "dev"
    browser: bool = False
    site: bool = False


COMMANDS = {
    "run": Needed(level="base", site=True),
    "dev": Needed(site=True),
    "test": Needed(browser=True),
    "trust": Needed(browser=True),
    "check": Needed(),
    "format": Needed(),
    "bench": Needed(),
    "services": Needed(),
    "demo-reset": Needed(level="base"),
    "manage": Needed(level="base"),
    "messages": Needed(),
    "shots": Needed(browser=True),
    "lock": Needed(level=None),
    "stop": Needed(level=None),
}


def prepare(places: Places, needed: Needed) -> None:
    """Everything that must be there before our own libraries can be imported."""
    if needed.site:
        _require_port(places)
    make_var(places)
    if needed.level is None:
        return
    with locks.held(places.var / "install.lock") as lock:
        if lock is None:
            raise RefusalError("Une autre commande installe depuis dix minutes : attendez sa fin.")
        ready = virtualenv.is_ready(places, needed.level)
        for folder in (places.root, places.var.resolve()):
            require_space(folder, mebibytes=WORKING_SIZE if ready else INSTALLED_SIZE)
        packages.provide(places, browser=needed.browser)
        virtualenv.make(places, needed.level)


def _require_port(places: Places) -> None:
    """Before anything long: the site must be able to listen."""
    if locks.is_held(places.var / "run.lock"):
        raise RefusalError("Solos tourne déjà depuis ce dossier : arrêtez-le d’abord (Ctrl-C).")
    host = given(places, "HOST") or "127.0.0.1"
    ports.web_port(given(places, "PORT") or "8000", host=host)


def start(name: str, arguments: list[str]) -> int:
    """Make ready, then become stage two."""
    prepare(PROJECT, COMMANDS[name])
    if name == "lock":
        virtualenv.lock(PROJECT, arguments)
    elif not PROJECT.python.exists():
        say("Rien ne tourne : Solos n’est pas encore installé ici.")
    else:
        os.chdir(PROJECT.root)
        second = [str(PROJECT.python), "-m", "machine.commands", name, *arguments]
        os.execv(second[0], second)
    return 0


def main(arguments: list[str]) -> int:
    """Run stage one; every refusal is one sentence."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        complain(f"Commande inconnue : {name or '(aucune)'}. Voyez « make help ».")
        return 2
    try:
        return start(name, arguments[1:])
    except RefusalError as refusal:
        complain(str(refusal))
        return 1
    except OSError as error:
        complain(sentence_for(error))
        return 1
    except KeyboardInterrupt:
        say("\nInterrompu : relancez la même commande pour reprendre.")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
