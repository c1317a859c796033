"""Every French text has its English: none missing, none doubtful, none forgotten."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.places import APPS, ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
QUOTED = r'"((?:[^"\\]|\\.)*)"'


def texts(catalogue: str, keyword: str) -> list[str]:
    entries = re.findall(rf"^{keyword} ((?:{QUOTED}\n)+)", catalogue, flags=re.MULTILINE)
    return ["".join(re.findall(QUOTED, entry)) for entry, _last in entries]


def messages(catalogue: str) -> set[str]:
    """The texts to translate, in the order-free form in which two catalogues compare."""
    return {*texts(catalogue, "msgid")} - {""}


def msgattrib(*options: str) -> str:
    command = ["msgattrib", *options, str(CATALOGUE)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_no_text_without_english():
    advice = f"Write their English in {CATALOGUE.relative_to(ROOT)}."
    assert messages(msgattrib("--untranslated")) == set(), advice


def test_no_doubtful_translation():
    assert messages(msgattrib("--only-fuzzy")) == set()


def test_catalogue_follows_the_code(tmp_path):
    """Extract the texts anew, elsewhere: the catalogue must hold exactly these."""
    for name in [*APPS, "templates"]:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    subprocess.run(
        ["django-admin", "makemessages", "-l", "en", "--no-location", "--no-wrap"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": path_of_tools(), "LANG": "C.UTF-8"},
    )
    fresh = messages((tmp_path / "locale/en/LC_MESSAGES/django.po").read_text())
    kept = messages(msgattrib("--no-obsolete"))

    advice = "Run `make messages`, then write the English of what is new."
    assert (fresh - kept, kept - fresh) == (set(), set()), f"New, gone. {advice}"


def test_formats_of_both_languages_agree():
    subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", str(CATALOGUE)], check=True)


def path_of_tools() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


@pytest.mark.parametrize("name", APPS)
def test_french_typography(name):
    """A thin or plain no-break space stands before ; : ! ? », never an ordinary one."""
    wrong = re.compile(r'_\(\s*"[^"]*[a-zà-ÿ] [;!?»]')

    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in (ROOT / name).rglob("*.py")
        for match in wrong.finditer(file.read_text())
    ]

    assert found == []


def test_english_typography():
    """Nothing French is left in the marks: no space before them, no « », no straight quote."""
    catalogue = CATALOGUE.read_text()
    _header, *single = texts(catalogue, "msgstr")
    english = [*single, *texts(catalogue, r"msgstr\[[01]\]")]
    french_mark = re.compile(r"""\S\s[;:!?]|[«»'\u00a0\u202f]|\\\"""")

    assert [text for text in english if french_mark.search(text)] == []
