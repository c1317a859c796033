"""What each container does: `python -m machine.container setup|web|worker|scheduler`.

A container may start before the servers it needs, and before the one that prepares them: each one
waits. Passwords are drawn at the first start and kept in a volume that the containers share.
"""

import os
import secrets
import subprocess
import sys
import time

import psycopg

from machine import database, environment
from machine.console import Command, complain, say
from machine.places import PROJECT, Places
from machine.postgres import APPLICATION, DATABASE, OWNER
from machine.preparation import Django
from machine.refusals import RefusalError

PATIENCE = 300.0


def setup(places: Places) -> int:
    """Prepare the database server, the schema and, when asked, the demo; then end."""
    addresses = _addresses(places)
    admin = environment.given(places, "DATABASE_ADMIN_URL")
    if admin:
        owner, application = addresses["DATABASE_OWNER_URL"], addresses["DATABASE_URL"]
        database.prepare(admin, owner, application, template=False)
    # Written once the server is ready for them: the other containers wait for this.
    environment.remember(places, addresses)
    django = Django(places, _settings())
    _call(django.command("migrate", "--no-input"), django.as_owner)
    if environment.given(places, "DEMO") == "1":
        _call(django.command("load_demo"), django.environment)
        _call(django.command("demo_accounts"), django.environment)
    say("La base est prête.")
    return 0


def _addresses(places: Places) -> dict[str, str]:
    """Given by the operator, or known since the first start, or drawn now."""
    server = os.environ.get("DATABASE_SERVER", "database:5432")
    drawn = {
        "DATABASE_URL": _address(APPLICATION, server),
        "DATABASE_OWNER_URL": _address(OWNER, server),
        "REDIS_URL": "redis://cache:6379/0",
    }
    return {name: environment.known(places, name) or value for name, value in drawn.items()}


def _address(role: str, server: str) -> str:
    return f"postgis://{role}:{secrets.token_urlsafe(24)}@{server}/{DATABASE}"


def _settings() -> str:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.demo").rpartition(".")[2]


def _call(command: Command, env: dict[str, str]) -> None:
    ended = subprocess.run(command, env=env, cwd=PROJECT.root, check=False)
    if ended.returncode:
        raise RefusalError(f"La commande a échoué : {' '.join(map(str, command[1:]))}")


def _wait_until_ready(places: Places) -> None:
    """Until the schema is the one that this code expects."""
    django = Django(places, _settings())
    deadline = time.monotonic() + PATIENCE
    while True:
        if places.env.exists() or environment.given(places, "DATABASE_URL"):
            asked = subprocess.run(
                django.command("migrate", "--check"),
                env=django.environment,
                cwd=places.root,
                capture_output=True,
                text=True,
                check=False,
            )
            if asked.returncode == 0:
                return
            last = (asked.stderr or asked.stdout).strip().splitlines()[-1:]
        else:
            last = ["setup n’a pas encore écrit les adresses"]
        if time.monotonic() > deadline:
            raise RefusalError(f"La base n’est toujours pas prête : {''.join(last)}")
        say("En attente de la base…")
        time.sleep(2)


def _become(places: Places, words: list[str]) -> int:
    _wait_until_ready(places)
    program = str(places.venv / "bin" / words[0])
    env = Django(places, _settings()).environment
    os.execve(program, [program, *words[1:]], env)


PROGRAMS = {
    "web": ["gunicorn", "--config", "deploy/gunicorn.conf.py", "config.wsgi:application"],
    "worker": [
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "--concurrency=2",
        "--without-gossip",
    ],
    "scheduler": ["celery", "--quiet", "-A", "config", "beat", "--pidfile="],
}


def main(arguments: list[str]) -> int:
    # Compose passes a variable that was not given as an empty one.
    for name in [name for name, value in os.environ.items() if not value]:
        del os.environ[name]
    name = arguments[0] if arguments else ""
    try:
        if name == "setup":
            return setup(PROJECT)
        if name in PROGRAMS:
            return _become(PROJECT, PROGRAMS[name])
    except (RefusalError, psycopg.Error) as error:
        complain(str(error).strip())
        return 1
    complain(f"Conteneur inconnu : {name}. Choix : setup, {', '.join(PROGRAMS)}.")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
