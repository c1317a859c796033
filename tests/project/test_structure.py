"""The house keeps its shape: short files, short functions, imports that only go down."""

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from grimp import build_graph

from tests.project.places import APPS, CODE, ROOT, python_files

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
MOST_LINES = 400
MOST_TEST_LINES = 600
MOST_FUNCTION_LINES = 50
# Such names attract everything.
FORBIDDEN_NAMES = {"utils", "common", "core", "helpers", "services", "misc", "tools", "lib"}
ROOMS = {
    "__init__", "admin", "api", "apps", "backend", "demo", "domain", "enums", "flags", "forms",
    "management", "messages", "migrations", "models", "permissions", "personal", "querysets",
    "scoping", "tasks", "templatetags", "web",
    "data",
}  # fmt: skip


def test_import_contracts():
    """In a process of its own: called here, it would silence every logger there is."""
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    told = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout


def test_imports_make_no_circle(monkeypatch):
    """A task imports what it does inside its function: whoever enqueues it may be the same."""
    monkeypatch.syspath_prepend(ROOT)
    graph = build_graph(*APPS, exclude_type_checking_imports=True, cache_dir=None)
    imports = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules
        if not module.endswith(".tasks")
    }

    # Raises CycleError, which names the circle.
    TopologicalSorter(imports).prepare()


def test_layers_of_the_contracts_are_those_drawn():
    drawn = ARCHITECTURE.partition("## Who may import whom")[2].partition("The contracts stand")[0]
    # Names, then two spaces or more and a remark; between two rows, a line.
    rows = [line.strip().split("  ")[0] for line in drawn.splitlines() if line.startswith("    ")]
    order = re.search(r"In-app order: `(.+?)`", ARCHITECTURE)

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    apps, rooms = ([_names(row) for row in each["layers"]] for each in contracts["contracts"])
    assert [_names(row) for row in rows if row != "│"] == apps
    assert [_names(row) for row in order[1].split("→")] == rooms


def _names(row: str) -> set[str]:
    return set(re.findall(r"\w+", row))


@pytest.mark.parametrize(
    ("folders", "most"), [(CODE, MOST_LINES), (["tests"], MOST_TEST_LINES)], ids=["code", "tests"]
)
def test_no_file_too_long(folders, most):
    lengths = {str(file): len(file.read_text().splitlines()) for file in python_files(*folders)}

    assert {name: lines for name, lines in lengths.items() if lines > most} == {}


def test_no_function_too_long():
    too_long = [
        f"{file}:{node.lineno} {node.name}"
        for file in python_files(*CODE)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]

    assert too_long == []


def test_no_name_that_attracts_everything():
    assert [str(file) for file in python_files(*CODE) if file.stem in FORBIDDEN_NAMES] == []
    assert [
        str(folder)
        for app in CODE
        for folder in (ROOT / app).rglob("*")
        if folder.is_dir() and folder.name in FORBIDDEN_NAMES
    ] == []


@pytest.mark.parametrize("app", [app for app in APPS if app != "config"])
def test_same_rooms_in_every_app(app):
    rooms = {path.stem for path in (ROOT / app).iterdir() if path.name != "__pycache__"}

    assert rooms - ROOMS == set()


def test_tests_mirror_the_code():
    """A test is found by its subject's path: tests/<app>/<room>/test_<module>.py."""
    orphans = []
    for file in python_files(*(f"tests/{app}" for app in APPS)):
        if not file.name.startswith("test_"):
            continue
        room = ROOT / file.parent.relative_to(ROOT / "tests")
        subject = file.stem.removeprefix("test_")
        known = {path.stem for path in room.glob("*")} if room.is_dir() else set()
        if not any(subject == name or subject.startswith(f"{name}_") for name in known):
            orphans.append(str(file.relative_to(ROOT)))

    assert orphans == []
