import shutil
import subprocess

import pytest
from django.core.management import call_command

KNOWN = "Aucune commune ne porte ce code ici."
NEW = "Aucun lieu ne porte ce nom ici."


@pytest.fixture
def catalogue(tmp_path, monkeypatch, settings):
    """A catalogue that knows one text, beside code that says another one, much like it."""
    file = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    heading = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    file.write_text(f'{heading}\nmsgid "{KNOWN}"\nmsgstr "No commune has this code here."\n')
    (tmp_path / "code.py").write_text(f'_("{KNOWN}")\n_("{NEW}")\n')
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = []
    return file


def test_new_text_gets_no_guess(catalogue):
    call_command("makemessages", "-l", "en", "--no-location", verbosity=0)

    written = catalogue.read_text()
    assert f'msgid "{KNOWN}"\nmsgstr "No commune has this code here."\n' in written
    assert f'msgid "{NEW}"\nmsgstr ""\n' in written
    assert "fuzzy" not in written


def test_django_alone_would_guess(catalogue, tmp_path):
    """Control: without our option, the new text gets the English of the one it looks like."""
    fresh = tmp_path / "fresh.pot"
    shutil.copy(catalogue, fresh)
    fresh.write_text(fresh.read_text() + f'\nmsgid "{NEW}"\nmsgstr ""\n')

    command = ["msgmerge", "-q", str(catalogue), str(fresh)]
    merged = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert "fuzzy" in merged
