"""One private server. It inherits a lock from whoever starts it: held means running.

The lock lives as long as the server or one of its children, in whatever way they die and whatever
other process takes their number later; no stale pid file can mislead us.
"""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from machine import locks
from machine.console import tail
from machine.refusals import RefusalError

# The servers that this very process started: their ends must be acknowledged.
_children: dict[int, subprocess.Popen[bytes]] = {}
LOG_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True)
class Service:
    """A server program, its lock and its log."""

    name: str
    lock: Path
    log: Path

    def is_running(self) -> bool:
        return locks.is_held(self.lock)

    def is_alive(self) -> bool:
        """Whether its main process runs: a killed server may leave children for a moment."""
        return _holds(Path(f"/proc/{self.pid()}"), self.lock.resolve())

    def pid(self) -> int | None:
        """The number of the running server, or of the last one."""
        try:
            return int(self.lock.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def launch(
        self,
        command: Sequence[str | Path],
        *,
        account: pwd.struct_passwd | None,
        program: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start the server in its own session; `program` is what runs under command[0]'s name."""
        self._turn_log_over()
        descriptor = locks.open_lock(self.lock)
        try:
            if not locks.take(descriptor, seconds=2):
                raise RefusalError(f"{self.name} vient d’être lancé par une autre commande.")
            with self.log.open("ab") as log:
                process = subprocess.Popen(
                    command,
                    executable=program,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    pass_fds=[descriptor],
                    start_new_session=True,
                    user=account.pw_uid if account else None,
                    group=account.pw_gid if account else None,
                    extra_groups=[] if account else None,
                )
            _children[process.pid] = process
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, str(process.pid).encode(), 0)
            return process
        finally:
            os.close(descriptor)

    def stop(self, signal_number: int, *, seconds: float) -> None:
        """Ask the server to stop, wait for it and its children, insist at the end."""
        if self.is_alive():
            _signal(self.pid(), signal_number)
        if not self._wait_until_stopped(seconds):
            self._kill_holders()

    def clear_orphans(self) -> None:
        """End what a killed server left behind: children that still hold its lock."""
        if not self.is_alive() and not self._wait_until_stopped(2):
            self._kill_holders()

    def failure(self, process: subprocess.Popen[bytes] | None) -> RefusalError:
        """The sentence for a server that does not answer."""
        words = tail(self.log)
        if "No space left on device" in words:
            return RefusalError(
                f"{self.name} ne peut pas écrire : le disque est plein. Journal :\n{words}"
            )
        how = f" (code {process.returncode})" if process and process.returncode else ""
        return RefusalError(f"{self.name} ne démarre pas{how}. Fin de {self.log} :\n{words}")

    def _kill_holders(self) -> None:
        """Kill every process that inherited the lock: PostgreSQL's each lead their own session."""
        for process in Path("/proc").glob("[0-9]*"):
            if _holds(process, self.lock.resolve()):
                _signal(int(process.name), signal.SIGKILL)
        self._wait_until_stopped(5)

    def _wait_until_stopped(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_running():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        _acknowledge()
        return True

    def _turn_log_over(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))


def _acknowledge() -> None:
    for pid, process in list(_children.items()):
        if process.poll() is not None:
            del _children[pid]


def _signal(pid: int | None, number: int) -> None:
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _holds(process: Path, lock: Path) -> bool:
    """Whether a process (its folder under /proc) holds that lock: a mere look does not count."""
    try:
        links = list((process / "fd").iterdir())
    except OSError:  # gone meanwhile, or another account's
        return False
    return any(_is_held_through(link, process / "fdinfo" / link.name, lock) for link in links)


def _is_held_through(link: Path, info: Path, lock: Path) -> bool:
    try:
        return link.readlink() == lock and "FLOCK" in info.read_text()
    except OSError:  # a file that the process has closed since: its others still count
        return False
