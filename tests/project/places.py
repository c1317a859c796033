"""Where the project's own files are, for the tests that read them."""

from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
APPS = [
    "config", "portail", "comptes", "territoires", "courrier", "images", "jetons", "papier",
    "registre", "solos", "telecentres", "accueil", "observatoire",
]  # fmt: skip
CODE = [*APPS, "machine", "bench"]


def python_files(*folders: str) -> list[Path]:
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*.py")
        if "migrations" not in file.parts
    )


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
