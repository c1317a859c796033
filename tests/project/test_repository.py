"""What the repository must not hold, and what it must say truly."""

import re
import subprocess

import pytest

from tests.project.places import ROOT

REQUIREMENTS = ["base", "dev"]


def tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return listing.stdout.splitlines()


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_locked_by_hash_without_address(name):
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", lock, flags=re.MULTILINE)

    assert "://" not in lock
    assert lock.count("--hash=sha256:") >= len(pins) > 10
    wanted = re.findall(
        r"^([A-Za-z][A-Za-z0-9._-]+)",
        (ROOT / f"requirements/{name}.in").read_text(),
        flags=re.MULTILINE,
    )
    assert {package.lower() for package in wanted} <= set(pins)


def test_development_locks_what_production_runs():
    base, dev = (
        dict(
            re.findall(
                r"^(\S+)==(\S+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE
            )
        )
        for name in REQUIREMENTS
    )

    assert {name: dev.get(name) for name in base} == base


def test_no_secret_or_generated_file_is_tracked():
    wrong = re.compile(r"(^|/)(\.env|.*\.mo|.*\.pyc|.*\.whl|uv\.lock|package-lock\.json)$|^var/")

    assert [name for name in tracked() if wrong.search(name)] == []


def test_every_command_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))

    for document in ["README.md", "CONTRIBUTING.md", "docs/installation.md"]:
        text = (ROOT / document).read_text()
        named = set(re.findall(r"(?:^    |`)(?:[A-Z]+=\S+ )?make ([a-z-]+)", text, re.MULTILINE))
        assert named - targets == set(), document


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in [
            ROOT / "README.md",
            ROOT / "CONTRIBUTING.md",
            *(ROOT / "docs").rglob("*.md"),
        ]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
        if not (document.parent / target).exists()
    ]

    assert broken == []


def test_glossary_ties_each_model_to_its_word():
    from tests.project.test_models import OURS

    glossary = (ROOT / "docs" / "glossaire.md").read_text()

    assert [model.__name__ for model in OURS if f"`{model.__name__}`" not in glossary] == []
