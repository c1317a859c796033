"""Libraries, translations and static files: done when needed, skipped when not."""

import os
import subprocess

import pytest

from machine import __main__ as stage_one
from machine import commands, virtualenv
from machine.places import PROJECT
from machine.preparation import Django, compile_messages
from machine.refusals import RefusalError

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a %s"\nmsgstr "{}"\n'


@pytest.fixture
def catalogue(places):
    path = places.root / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO.format("an %s"), encoding="utf-8")
    return path


def test_compile_messages_compiles_what_is_newer_only(places, catalogue):
    compile_messages(places)
    compiled = catalogue.with_suffix(".mo")
    assert compiled.exists()
    os.utime(compiled, ns=(1, catalogue.stat().st_mtime_ns))
    compile_messages(places)
    assert compiled.stat().st_mtime_ns == catalogue.stat().st_mtime_ns


def test_compile_messages_refuses_a_translation_that_loses_its_value(places, catalogue):
    text = catalogue.read_text(encoding="utf-8").replace("an %s", "an")
    marked = text.replace('msgid "a %s"', '#, python-format\nmsgid "a %s"')
    catalogue.write_text(marked, encoding="utf-8")
    with pytest.raises(RefusalError, match="Traduction incorrecte"):
        compile_messages(places)
    assert list(catalogue.parent.iterdir()) == [catalogue]


def test_environment_of_the_owner_differs_by_its_database_only(places):
    url = "postgis://solos_owner:x@127.0.0.1:1/solos"
    places.env.write_text(f"DATABASE_OWNER_URL={url}\n", encoding="utf-8")
    django = Django(places, "demo")
    assert django.as_owner == django.environment | {"DATABASE_URL": url}


def test_every_command_of_stage_one_exists_in_stage_two():
    assert set(stage_one.COMMANDS) - {"lock"} == set(commands.COMMANDS)


def test_unknown_command_is_refused(capsys):
    assert stage_one.main(["nope"]) == 2
    assert capsys.readouterr().err == "\n✗ Commande inconnue : nope. Voyez « make help ».\n"


def test_the_installer_is_pinned_with_its_hashes():
    text = virtualenv._requirements(PROJECT, "dev").read_text(encoding="utf-8")
    block = virtualenv._block("uv", text)
    assert block.startswith("uv==")
    assert block.count("==") == 1
    assert block.count("--hash=sha256:") > 5


def test_a_lock_without_the_installer_is_refused():
    with pytest.raises(RefusalError, match="ne fixe pas uv : lancez make lock"):
        virtualenv._block("uv", "ruff==1 \\\n    --hash=sha256:0\n")


def test_is_ready_follows_the_locked_files(places):
    folder = places.root / "requirements"
    folder.mkdir()
    (folder / "base.txt").write_text("a==1\n", encoding="utf-8")
    (folder / "dev.txt").write_text("a==1\nb==1\n", encoding="utf-8")
    command = ["python3", "-m", "venv", "--without-pip", places.venv]
    subprocess.run(command, check=True)
    assert not virtualenv.is_ready(places, "base")
    stamp = virtualenv._expected(places, "dev")
    (places.venv / "installed").write_text(stamp, encoding="utf-8")
    assert virtualenv.is_ready(places, "base")
    assert virtualenv.is_ready(places, "dev")
    (folder / "base.txt").write_text("a==2\n", encoding="utf-8")
    assert not virtualenv.is_ready(places, "base")


def test_network_environment_trusts_the_system_and_follows_pips_mirror():
    env = virtualenv.network_environment({"PIP_INDEX_URL": "https://mirror.example/simple"})
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    if virtualenv.SYSTEM_CERTIFICATES.exists():
        assert env["SSL_CERT_FILE"] == str(virtualenv.SYSTEM_CERTIFICATES)
    kept = virtualenv.network_environment({"SSL_CERT_FILE": "/mine"})
    assert kept["SSL_CERT_FILE"] == "/mine"
