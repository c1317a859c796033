"""A server's lock follows the server and its children, however they end."""

import signal
import subprocess
import sys
import time

import pytest

from machine import locks
from machine.refusals import RefusalError
from machine.service import Service


@pytest.fixture
def service(places):
    places.services.mkdir()
    service = Service("Essai", places.services / "lock", places.log / "service.log")
    yield service
    service.stop(signal.SIGKILL, seconds=1)


def test_launch_holds_the_lock_until_the_server_ends(service):
    assert not service.is_running()
    process = service.launch(["sleep", "60"], account=None)
    assert service.is_running()
    assert service.is_alive()
    assert service.pid() == process.pid
    service.stop(signal.SIGTERM, seconds=5)
    assert not service.is_running()
    assert process.returncode == -signal.SIGTERM


def test_a_server_that_opens_and_closes_files_is_alive_all_along(service):
    busy = "import os\nwhile True:\n  fds = [os.dup(0) for _ in range(90)]\n  [*map(os.close, fds)]"
    service.launch([sys.executable, "-c", busy], account=None)
    assert [service.is_alive() for _ in range(200)] == [True] * 200


def test_launch_twice_is_refused(service):
    service.launch(["sleep", "60"], account=None)
    with pytest.raises(RefusalError, match="Essai vient d’être lancé par une autre commande"):
        service.launch(["sleep", "60"], account=None)


def test_a_killed_server_no_longer_runs(service):
    process = service.launch(["sleep", "60"], account=None)
    process.kill()
    process.wait()
    assert not service.is_running()


def test_clear_orphans_ends_what_a_killed_server_left(service):
    shell = "setsid sleep 60 & echo started; exec sleep 60"
    process = service.launch(["sh", "-c", shell], account=None)
    while "started" not in service.log.read_text(encoding="utf-8"):
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert service.is_running()
    assert not service.is_alive()
    service.clear_orphans()
    assert not service.is_running()


def test_clear_orphans_spares_who_only_looks_at_the_lock(service):
    service.launch(["sleep", "60"], account=None)
    with (
        service.lock.open("rb") as lock,
        subprocess.Popen(["sleep", "60"], stdin=lock) as onlooker,
    ):
        service.stop(signal.SIGKILL, seconds=0)
        assert not service.is_running()
        assert onlooker.poll() is None
        onlooker.kill()


def test_a_number_that_now_belongs_to_another_process_is_not_taken_for_the_server(service):
    with subprocess.Popen(["sleep", "60"]) as other:
        service.lock.write_text(str(other.pid), encoding="ascii")
        assert not service.is_running()
        service.stop(signal.SIGKILL, seconds=1)
        assert other.poll() is None
        other.kill()


def test_failure_names_a_full_disk(service):
    service.log.write_text("FATAL:  could not write: No space left on device\n", encoding="utf-8")
    assert str(service.failure(None)).startswith("Essai ne peut pas écrire : le disque est plein.")


def test_held_gives_up_when_another_holds(places):
    path = places.var / "x.lock"
    with locks.held(path) as mine, locks.held(path, seconds=0) as other:
        assert mine is not None
        assert other is None
    assert not locks.is_held(path)
