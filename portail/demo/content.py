"""Read the demo's words and lists from `content/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of `content/`, by its path without suffix: `people`, `ariege/villages`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """A Markdown file of `content/`, by its path."""
    return (CONTENT / name).read_text(encoding="utf-8").strip()


def territories() -> list[str]:
    """The territories that have a demo: one folder each."""
    return sorted(path.name for path in CONTENT.iterdir() if path.is_dir())
