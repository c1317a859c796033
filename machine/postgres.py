"""The project's own PostgreSQL: its programs, its data, its start and stop."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from machine import environment, ports
from machine.console import Command, run_step
from machine.places import MIB, Places, service_account
from machine.refusals import RefusalError
from machine.service import Service

DATABASE = "solos"
OWNER = "solos_owner"
APPLICATION = "solos_app"


@dataclass(frozen=True)
class Programs:
    """One installed version of PostgreSQL with PostGIS."""

    version: int
    folder: Path


def installed(
    roots: tuple[Path, Path] = (Path("/usr/lib/postgresql"), Path("/usr/share/postgresql")),
) -> list[Programs]:
    """The versions installed by the distribution that have PostGIS, newest first."""
    programs, shared = roots
    found = [
        Programs(int(folder.name), folder / "bin")
        for folder in programs.glob("[0-9]*")
        if (folder / "bin" / "postgres").exists()
        and (shared / folder.name / "extension" / "postgis.control").exists()
    ]
    return sorted(found + _elsewhere(), key=lambda one: one.version, reverse=True)


def _elsewhere() -> list[Programs]:
    """PostgreSQL found through `pg_config`, for other distributions."""
    pg_config = shutil.which("pg_config")
    if not pg_config:
        return []
    words = subprocess.run(
        [pg_config, "--bindir", "--sharedir", "--version"],
        capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip
    if len(words) != 3 or words[0].startswith("/usr/lib/postgresql"):
        return []
    folder, shared = Path(words[0]), Path(words[1])
    number = re.search(r"\d+", words[2])
    if not number or not (folder / "postgres").exists():
        return []
    if not (shared / "extension" / "postgis.control").exists():
        return []
    return [Programs(int(number[0]), folder)]


def data_version(places: Places) -> int | None:
    """The version that made this project's data, when there are data."""
    try:
        text = (places.services / "postgres" / "PG_VERSION").read_text(encoding="ascii")
    except OSError:
        return None
    return int(text)


@dataclass(frozen=True)
class PostgreSQL:
    """The private server of one project."""

    places: Places
    service: Service

    @classmethod
    def of(cls, places: Places) -> "PostgreSQL":
        lock = places.services / "postgres.lock"
        return cls(places, Service("PostgreSQL", lock, places.log / "postgres.log"))

    @property
    def data(self) -> Path:
        return self.places.services / "postgres"

    @property
    def _notes(self) -> Path:
        return self.places.services / "postgres.env"

    def url(self, role: str, database: str = DATABASE, *, scheme: str = "postgis") -> str:
        """The address of a database for one role."""
        notes = environment.read(self._notes)
        password = quote(notes[role], safe="")
        return f"{scheme}://{role}:{password}@127.0.0.1:{notes['port']}/{database}"

    @property
    def admin_url(self) -> str:
        return self.url("postgres", "postgres", scheme="postgresql")

    def start(self) -> bool:
        """Start the server unless it runs already; True when it was started."""
        self.service.clear_orphans()
        if self.service.is_running():
            return False
        programs = self._programs()
        account = service_account()
        if not self.data.exists():
            self._create(programs, account)
        self._drop_stale_pid_file()
        port = ports.choose(int(environment.read(self._notes).get("port", "0")))
        self._note({"port": str(port)})
        process = self.service.launch(
            [programs.folder / "postgres", "-D", self.data, *_settings(port)], account=account
        )
        self._wait_until_ready(programs, port, process)
        return True

    def stop(self) -> None:
        """Stop without waiting for the clients: they are told, nothing committed is lost."""
        self.service.stop(signal.SIGINT, seconds=20)

    def _programs(self) -> Programs:
        choices = {one.version: one for one in installed()}
        version = data_version(self.places) or max(choices, default=None)
        if version is None:
            raise RefusalError("PostgreSQL avec PostGIS n’est pas installé : relancez make run.")
        if version not in choices:
            raise RefusalError(
                f"Les données de ce projet ont été faites par PostgreSQL {version}, qui n’est pas "
                f"installé avec PostGIS. Installez-le : "
                f"sudo apt-get install postgresql-{version}-postgis-3"
            )
        return choices[version]

    def _create(self, programs: Programs, account: pwd.struct_passwd | None) -> None:
        """Make the data apart, then put them in place: a half-made cluster is never used."""
        passwords = {role: secrets.token_urlsafe(24) for role in ("postgres", OWNER, APPLICATION)}
        self._note(passwords)
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = self.data.with_name("postgres.password")
        password.touch(mode=0o600)
        password.write_text(passwords["postgres"], encoding="ascii")
        command: Command = [
            programs.folder / "initdb", "-D", fresh, "-U", "postgres", f"--pwfile={password}",
            "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--data-checksums",
        ]  # fmt: skip
        if account:
            for path in (fresh, password):
                os.chown(path, account.pw_uid, account.pw_gid)
            command = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}",
                       "--clear-groups", *command]  # fmt: skip
        try:
            log = self.places.log / "initdb.log"
            run_step("Création de la base de données", command, log=log, cwd=Path("/"))
        finally:
            password.unlink()
        fresh.rename(self.data)

    def _note(self, values: dict[str, str]) -> None:
        notes = environment.read(self._notes)
        if notes != notes | values:
            environment.write(self._notes, notes | values, heading="PostgreSQL privé de Solos.")

    def _drop_stale_pid_file(self) -> None:
        """Remove the pid file of a killed server when its number belongs to another process now.

        PostgreSQL removes a pid file whose process is gone, and refuses to start when it is alive.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return
        if words[0].rpartition(b"/")[2] not in {b"postgres", b"postmaster"}:
            pid_file.unlink()
        elif bytes(self.data) in words or bytes(self.data.resolve()) in words:
            raise RefusalError(
                f"PostgreSQL a été lancé à la main sur les données de ce projet (processus {pid}). "
                f"Arrêtez-le, puis relancez : kill -INT {pid}"
            )
        else:
            pid_file.unlink()

    def _wait_until_ready(
        self, programs: Programs, port: int, process: subprocess.Popen[bytes]
    ) -> None:
        """Wait for the end of the recovery that follows a kill."""
        ready: Command = [programs.folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        deadline = time.monotonic() + 180
        while subprocess.run(ready, check=False).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                raise self.service.failure(process)
            time.sleep(0.05)


def _settings(port: int) -> list[str]:
    """Settings for a small machine that serves the site and its database together."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    values = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        "shared_buffers": f"{min(max(memory // 8, 64), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 16, 64), 256)}MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "lc_messages": "C",
        "password_encryption": "scram-sha-256",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_min_duration_statement": "1s",
        "log_timezone": "UTC",
        "cluster_name": "solos",
    }
    return [f"--{name}={value}" for name, value in values.items()]
