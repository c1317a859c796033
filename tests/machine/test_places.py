"""Where things go, and what is said when they cannot."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from machine import places as module
from machine.places import Places, make_var, require_space, settle_services
from machine.refusals import RefusalError, sentence_for

ROOT = Path(module.__file__).parent.parent
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")


def run_as_nobody(code: str) -> str:
    """Run a piece of Python as an account that owns nothing."""
    return subprocess.run(
        ["/usr/bin/python3", "-B", "-c", code],
        cwd=ROOT,
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@as_root
@pytest.mark.skipif(ROOT.stat().st_mode & 0o005 != 0o005, reason="nobody cannot read the project")
def test_make_var_that_belongs_to_another_account_says_who(places):
    code = (
        "from pathlib import Path\n"
        "from machine.places import Places, make_var\n"
        "from machine.refusals import RefusalError\n"
        f"try: make_var(Places(Path({str(places.root)!r})))\n"
        "except RefusalError as refusal: print(refusal)\n"
    )
    assert run_as_nobody(code) == (
        f"Le dossier {places.root.name}/var appartient à « root » et ce compte ne peut pas y "
        "écrire. Relancez avec le compte « root », ou donnez-vous le dossier : "
        f"sudo chown -R $(id -un) {places.root}\n"
    )


def test_require_space_says_what_is_left_and_what_is_needed(places):
    with pytest.raises(RefusalError, match=r"Il reste \d+ Mo .* il en faut au moins 999999999\."):
        require_space(places.root, mebibytes=999_999_999)


def test_settle_services_uses_var_when_it_can(places):
    assert settle_services(places) is None
    assert places.services.is_dir()
    assert not places.services.is_symlink()


@as_root
def test_settle_services_moves_away_when_postgresql_cannot_enter(tmp_path):
    """Root's own home is closed to the account that runs PostgreSQL."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    places = Places(closed)
    make_var(places)
    said = settle_services(places)
    target = places.services.resolve()
    try:
        assert target.parent == Path("/var/lib/solos")
        assert said == (
            f"Les données de PostgreSQL et de Redis sont dans {target} (lien : {places.services})."
        )
        places.services.unlink()
        assert settle_services(places) is None
        assert places.services.resolve() == target
    finally:
        target.rmdir()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "Le disque est plein"),
        (errno.EDQUOT, "Le disque est plein"),
        (errno.EROFS, "Le disque est en lecture seule"),
        (errno.EACCES, "Ce compte n’a pas le droit"),
        (errno.EIO, "Le système a refusé"),
    ],
)
def test_sentence_for_an_error_of_the_system(number, sentence):
    assert sentence_for(OSError(number, os.strerror(number), "x")).startswith(f"{sentence}")


def test_sentence_for_a_disk_that_is_really_full():
    with pytest.raises(OSError, match="No space left") as full:
        Path("/dev/full").write_text("x", encoding="ascii")
    assert sentence_for(full.value).startswith("Le disque est plein.")


def test_machine_runs_with_the_standard_library_alone():
    code = (
        "import sys; sys.path.insert(0, '.'); import machine.__main__, machine.install; "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('psycopg', 'django')))"
    )
    command = [sys.executable, "-ISB", "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
