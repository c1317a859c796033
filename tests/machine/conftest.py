"""A project's folder of its own for each test, that PostgreSQL's account can reach too."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from machine.places import Places, make_var
from machine.servers import Servers

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "REDIS_URL", "HOST", "PORT")


@pytest.fixture
def servers(made_once: Servers) -> Servers:
    """The same servers for a whole file, running whatever the test before did to them."""
    made_once.release()
    made_once.start()
    return made_once


@pytest.fixture(scope="module")
def made_once() -> Iterator[Servers]:
    """Real private servers, apart from those that serve the tests themselves."""
    with pytest.MonkeyPatch.context() as patch, _folder() as places:
        for name in GIVEN:
            patch.delenv(name, raising=False)
        services = Servers(places)
        services.start()
        yield services
        services.stop()


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    with _folder() as folder:
        yield folder


class _folder:  # noqa: N801 - read as a statement
    def __enter__(self) -> Places:
        self.root = Path(tempfile.mkdtemp(prefix="solos-"))
        self.root.chmod(0o755)
        self.places = Places(self.root)
        make_var(self.places)
        return self.places

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


@pytest.fixture
def listener() -> Iterator[subprocess.Popen[str]]:
    """Another program, listening on a port that it prints."""
    code = (
        "import socket, time; s = socket.create_server(('127.0.0.1', 0)); "
        "print(s.getsockname()[1], flush=True); time.sleep(60)"
    )
    with subprocess.Popen(["python3", "-c", code], stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()
