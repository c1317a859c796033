"""`make check`: everything that can be said of the code without running the tests."""

import os
import secrets
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from machine.console import Command, call, complain, say
from machine.places import Places
from machine.preparation import Django, compile_messages
from machine.servers import Servers

# Enough for the settings of production to be read; nothing connects with them.
PRODUCTION = {
    "ALLOWED_HOSTS": "solos.example",
    "CSRF_TRUSTED_ORIGINS": "https://solos.example",
    "DEFAULT_FROM_EMAIL": "Solos <ne-pas-repondre@solos.example>",
    "SITE_URL": "https://solos.example",
}


@dataclass(frozen=True)
class Check:
    """A command that must end with 0."""

    title: str
    command: Command
    env: dict[str, str] = field(default_factory=dict)


def check(places: Places) -> int:
    """Run every check, and say at the end which ones failed."""
    with Servers(places).used():
        compile_messages(places)
        failed = [one.title for one in _checks(places) if not _passes(one, places)]
    if failed:
        complain(f"À reprendre : {', '.join(failed)}.")
        return 1
    say("Toutes les vérifications passent.")
    return 0


def put_in_form(places: Places) -> int:
    """What `check` asks of the form of code and templates; what is left is for people."""
    tools = places.venv / "bin"
    # It says 1 when it rewrote something.
    call([tools / "djade", *_templates(places)], cwd=places.root)
    return call([tools / "ruff", "check", "--fix"], cwd=places.root) or call(
        [tools / "ruff", "format"], cwd=places.root
    )


def _checks(places: Places) -> list[Check]:
    tools = places.venv / "bin"
    django, production = Django(places, "test"), Django(places, "production")
    secret = {"SECRET_KEY": secrets.token_urlsafe(60)}
    return [
        Check("ruff", [tools / "ruff", "check"]),
        Check("ruff format", [tools / "ruff", "format", "--check"]),
        Check("mypy", [tools / "mypy", "."]),
        Check("import-linter", [tools / "lint-imports"]),
        Check("djade", [tools / "djade", "--check", *_templates(places)]),
        Check(
            "migrations",
            django.command("makemigrations", "--check", "--dry-run"),
            django.as_owner,
        ),
        Check(
            "check --deploy",
            production.command("check", "--deploy", "--fail-level", "WARNING"),
            production.environment | PRODUCTION | secret,
        ),
    ]


def _templates(places: Places) -> list[Path]:
    return sorted(places.root.glob("templates/**/*.html"))


def _passes(check: Check, places: Places) -> bool:
    """Run one check; what it says is shown only when it fails."""
    started = time.monotonic()
    ended = subprocess.run(
        check.command,
        env=os.environ | check.env,
        cwd=places.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    say(f"{'✗' if ended.returncode else '✓'} {check.title} ({seconds:.1f} s)")
    if ended.returncode:
        say(ended.stdout)
    return ended.returncode == 0
