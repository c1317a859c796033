"""The project's own Redis: queue and cache, kept on disk."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from machine import environment, ports
from machine.places import Places, service_account
from machine.service import Service

# The server's program: redis-check-rdb is the same file and acts as the server when it is called
# redis-server, so the light package redis-tools is enough and brings no system service.
PROGRAMS = ("redis-server", "valkey-server", "redis-check-rdb", "valkey-check-rdb")


def program() -> Path | None:
    """A program that can be the server, whatever package brought it."""
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    found = (shutil.which(name, path=path) for name in PROGRAMS)
    return next((Path(one) for one in found if one), None)


@dataclass(frozen=True)
class Redis:
    """The private server of one project."""

    places: Places
    service: Service

    @classmethod
    def of(cls, places: Places) -> "Redis":
        lock = places.services / "redis.lock"
        return cls(places, Service("Redis", lock, places.log / "redis.log"))

    @property
    def _notes(self) -> Path:
        return self.places.services / "redis.env"

    @property
    def url(self) -> str:
        notes = environment.read(self._notes)
        return f"redis://:{notes['password']}@127.0.0.1:{notes['port']}/0"

    def start(self) -> bool:
        """Start the server unless it runs already; True when it was started."""
        self.service.clear_orphans()
        if self.service.is_running():
            return False
        server = program()
        if server is None:
            raise self.service.failure(None)
        notes = environment.read(self._notes)
        port = ports.choose(int(notes.get("port", "0")))
        password = notes.get("password") or secrets.token_urlsafe(24)
        fresh = {"port": str(port), "password": password}
        environment.write(self._notes, fresh, heading="Redis privé de Solos.")
        name = "valkey-server" if server.name.startswith("valkey") else "redis-server"
        process = self.service.launch(
            [name, self._configure(port, password)], account=service_account(), program=server
        )
        self._wait_until_ready(port, password, process)
        return True

    def stop(self) -> None:
        self.service.stop(signal.SIGTERM, seconds=10)

    def clear(self) -> None:
        """Empty it."""
        notes = environment.read(self._notes)
        answers(int(notes["port"]), notes["password"], "FLUSHALL")

    def _configure(self, port: int, password: str) -> Path:
        """Write the server's settings in a private file: a command line shows to everyone."""
        data, settings = self.places.services / "redis", self.places.services / "redis.conf"
        data.mkdir(mode=0o700, exist_ok=True)
        settings.touch(mode=0o600)
        settings.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {data.resolve()}\n"
            'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\n'
            "daemonize no\nloglevel notice\ntcp-keepalive 60\n",
            encoding="utf-8",
        )
        account = service_account()
        if account:
            for path in (data, settings):
                os.chown(path, account.pw_uid, account.pw_gid)
        return settings.resolve()

    def _wait_until_ready(self, port: int, password: str, process: subprocess.Popen[bytes]) -> None:
        """Wait until it has read its data back."""
        deadline = time.monotonic() + 120
        while not answers(port, password):
            if process.poll() is not None or time.monotonic() > deadline:
                raise self.service.failure(process)
            time.sleep(0.05)


def answers(port: int, password: str, command: str = "PING") -> bool:
    """Whether a Redis that takes this password carries out a command there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
            wire.sendall(f"AUTH {password}\r\n{command}\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                piece = wire.recv(256)
                if not piece:
                    return False
                answer += piece
            return answer in {b"+OK\r\n+PONG\r\n", b"+OK\r\n+OK\r\n"}
    except OSError:
        return False
