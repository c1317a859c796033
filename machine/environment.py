"""Dotenv files: what the operator gave, and what the machine wrote for the settings."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from machine.places import Places
from machine.refusals import RefusalError


def read(path: Path) -> dict[str, str]:
    """The assignments of a dotenv file; none when it does not exist."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (_assignment(line) for line in lines)
    return dict(pair for pair in pairs if pair)


def _assignment(line: str) -> tuple[str, str] | None:
    """One line, understood as the settings' own reader (django-environ) understands it."""
    found = re.fullmatch(r"(?:export )?(\w+)=(.*)", line)
    if not found:
        return None
    name, value = found.groups()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return name, value


def write(path: Path, values: dict[str, str], *, heading: str) -> None:
    """Replace a dotenv file in one go, readable by its owner alone."""
    text = "".join(f"{name}={value}\n" for name, value in values.items())
    path = path.resolve()  # in a container, a link to a volume that all share
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# {heading}\n{text}")
    fresh.replace(path)


def given(places: Places, name: str) -> str | None:
    """What the operator set, in the environment or else in `.env`."""
    return os.environ.get(name) or read(places.dotenv).get(name) or None


def known(places: Places, name: str) -> str | None:
    """What the settings will see: given by the operator, or else written by the machine."""
    return given(places, name) or read(places.env).get(name)


def remember(places: Places, values: dict[str, str]) -> None:
    """Tell the settings these values, and keep one secret key for good."""
    before = read(places.env)
    after = {"SECRET_KEY": secrets.token_urlsafe(50)} | before | values
    if after != before:
        write(
            places.env,
            after,
            heading="Écrit par make run. Vos propres réglages vont dans .env, qui l’emporte.",
        )


@dataclass(frozen=True)
class Needs:
    """Which private servers this project needs: those whose address the operator did not give."""

    postgres: bool
    redis: bool

    @classmethod
    def of(cls, places: Places) -> "Needs":
        application = given(places, "DATABASE_URL")
        owner = given(places, "DATABASE_OWNER_URL")
        if bool(application) != bool(owner):
            missing = "DATABASE_OWNER_URL" if application else "DATABASE_URL"
            raise RefusalError(
                "Pour employer votre propre PostgreSQL, donnez DATABASE_URL (rôle de "
                f"l’application) et DATABASE_OWNER_URL (rôle propriétaire) : il manque {missing}."
            )
        return cls(postgres=not application, redis=not given(places, "REDIS_URL"))
