"""Templates: none forgotten, none that a strict content security policy would break."""

import re

from tests.project.places import APPS, ROOT, python_files, templates

# Django looks these up by itself.
BY_NAME = {"400.html", "403.html", "404.html", "500.html"}
OVERRIDES = (
    "account/",
    "mfa/",
    "admin/",
    "import_export/",
    "registration/",
    "leaflet/",
    "simple_history/",
)


def names() -> dict[str, str]:
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in templates()}


def test_no_template_unused():
    sources = "\n".join([file.read_text() for file in python_files(*APPS)] + list(names().values()))

    unused = [
        name
        for name in names()
        if name not in BY_NAME and not name.startswith(OVERRIDES) and f'"{name}"' not in sources
    ]

    assert unused == []


def test_no_inline_style_script_or_handler():
    forbidden = re.compile(
        r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE
    )
    allowed = re.compile(r'<script[^>]*(type="application/(ld\+)?json"|nonce=)', re.IGNORECASE)

    found = [
        f"{name}: {match.group()}"
        for name, text in names().items()
        for match in forbidden.finditer(text)
        if not allowed.match(text, match.start())
    ]

    assert found == []


def test_no_third_party_address():
    """Links may leave; nothing that a page loads by itself may."""
    loads = re.compile(r'(?:src|srcset|poster|data|<link[^>]+href)="(?:https?:)?//', re.IGNORECASE)

    assert [name for name, text in names().items() if loads.search(text)] == []


def test_vendored_scripts_bring_their_map_and_licence():
    vendor = ROOT / "static" / "vendor"

    for script in vendor.rglob("*.js"):
        assert script.with_suffix(".js.map").is_file(), script
    for folder in vendor.iterdir():
        assert list(folder.glob("*LICENSE*")), folder
