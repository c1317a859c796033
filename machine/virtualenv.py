"""`.venv`, made from the locked requirements and nothing else."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from machine.console import Command, run_step
from machine.places import Places
from machine.refusals import RefusalError

SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# What may be installed, from the smallest to the largest.
LEVELS = ("base", "dev")
# Compiled once, so that a start is quick even where Python may not write beside its sources.
SYNC = ("--require-hashes", "--compile-bytecode")


def is_ready(places: Places, level: str) -> bool:
    """Whether `.venv` already holds at least that level, as locked now."""
    stamp = _stamp(places).read_text(encoding="utf-8") if _stamp(places).exists() else ""
    return stamp in {_expected(places, one) for one in _at_least(level)}


def make(places: Places, level: str) -> None:
    """Bring `.venv` to that level; more than asked is kept, nothing else is."""
    if is_ready(places, level):
        return
    python = _python_of(places)
    if python != _version(sys.version_info[:3]):
        shutil.rmtree(places.venv, ignore_errors=True)
        log = places.log / "venv.log"
        command: Command = [sys.executable, "-m", "venv", "--without-pip", places.venv]
        run_step("Environnement Python", command, log=log)
    elif level == "base" and _stamp(places).exists() and "dev" in _stamp(places).read_text():
        level = "dev"
    _stamp(places).unlink(missing_ok=True)
    names = _requirements(places, level)
    run_step(
        f"Bibliothèques Python ({_count(names)})",
        [
            _uv(places),
            "pip",
            "sync",
            "--compile-bytecode",
            "--require-hashes",
            "--python",
            places.python,
            names,
        ],
        log=places.log / "uv.log",
        env=network_environment(),
    )
    _stamp(places).write_text(_expected(places, level), encoding="utf-8")


def _at_least(level: str) -> tuple[str, ...]:
    return LEVELS[LEVELS.index(level) :]


def _requirements(places: Places, level: str) -> Path:
    return places.root / "requirements" / f"{level}.txt"


def _stamp(places: Places) -> Path:
    return places.venv / "installed"


def _expected(places: Places, level: str) -> str:
    """What the stamp says when that level is installed as locked now."""
    files = LEVELS[: LEVELS.index(level) + 1]
    content = b"".join(_requirements(places, one).read_bytes() for one in files)
    return f"{level} {hashlib.sha256(content).hexdigest()} {_python_of(places)}"


def _version(numbers: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in numbers)


def _python_of(places: Places) -> str | None:
    """The version of `.venv`'s Python; None when it does not run (any more)."""
    code = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
    try:
        asked = subprocess.run(
            [places.python, "-ISc", code], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return asked.stdout.strip()


def _count(requirements: Path) -> int:
    return len(re.findall(r"^[a-z0-9]", requirements.read_text(encoding="utf-8"), re.MULTILINE))


def _uv(places: Places) -> Path:
    """The installer, itself at the locked version, checked by its hashes, in its own folder."""
    pinned = _block("uv", _requirements(places, "dev").read_text(encoding="utf-8"))
    tools = places.var / "tools"
    wanted, stamp = tools / "requirements.txt", tools / "installed"
    uv = tools / "bin" / "uv"
    if uv.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == pinned:
        return uv
    shutil.rmtree(tools, ignore_errors=True)
    log = places.log / "pip.log"
    run_step("Installateur de bibliothèques", [sys.executable, "-m", "venv", tools], log=log)
    wanted.write_text(pinned, encoding="utf-8")
    command: Command = [tools / "bin" / "python", "-m", "pip", "install", "--no-input",
               "--disable-pip-version-check", "--require-hashes", "-r", wanted]  # fmt: skip
    run_step("Téléchargement de l’installateur", command, log=log, env=network_environment())
    stamp.write_text(pinned, encoding="utf-8")
    return uv


def _block(name: str, requirements: str) -> str:
    """One package's lines of a locked file: its version and its hashes."""
    found = re.search(rf"^{name}==.*?(?=^\S|\Z)", requirements, re.MULTILINE | re.DOTALL)
    if not found:
        raise RefusalError(f"requirements/dev.txt ne fixe pas {name} : lancez make lock.")
    return found[0]


def lock(places: Places, arguments: list[str]) -> None:
    """Write the versions and their hashes, for every supported Python (`--upgrade` renews them)."""
    uv, folder = _uv(places), places.root / "requirements"
    options = ["--universal", "--python-version=3.11", "--generate-hashes", *arguments]
    options += ["--no-emit-index-url", "--no-emit-find-links"]
    env = network_environment() | {"UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    for level, constraints in (("base", []), ("dev", ["-c", "base.txt"])):
        command: Command = [uv, "pip", "compile", *options, *constraints, f"{level}.in", "-o",
                            f"{level}.txt"]  # fmt: skip
        log = places.log / "lock.log"
        run_step(f"requirements/{level}.txt", command, log=log, env=env, cwd=folder)


def network_environment(base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for downloads: this machine's certificates, and pip's mirror for uv too."""
    env = dict(base)
    if SYSTEM_CERTIFICATES.exists():
        env.setdefault("SSL_CERT_FILE", str(SYSTEM_CERTIFICATES))
        env.setdefault("PIP_CERT", env["SSL_CERT_FILE"])
    mirror = env.get("PIP_INDEX_URL")
    if mirror:
        env.setdefault("UV_DEFAULT_INDEX", mirror)
    env.setdefault("UV_LINK_MODE", "copy")
    return env
