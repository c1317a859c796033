"""Installs packages of the distribution, as root, and leaves no service behind.

    python3 -m machine.install PACKAGE…

Debian's PostgreSQL makes and starts a server on port 5432 when it is installed; we run our own, so
it is told not to, and the administrator's setting is put back afterwards.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine.console import INTERRUPTED, complain, say, step, tail
from machine.refusals import RefusalError

CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
SYSTEMD = Path("/run/systemd/system")
OPTIONS = (
    "-y",
    "--no-install-recommends",
    "-oDPkg::Lock::Timeout=300",
    "-oDpkg::Use-Pty=0",
    "-oDpkg::Options::=--force-confdef",
    "-oDpkg::Options::=--force-confold",
)
UNIVERSE = " Sur Ubuntu, activez d’abord « universe » : sudo add-apt-repository universe"


def install(names: list[str]) -> None:
    """Install those packages."""
    _apt("Liste des paquets", "update")
    if not any(name.startswith("postgresql-") for name in names):
        _apt("Installation des paquets", "install", *names)
        return
    ours = not any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not CLUSTER_SETTINGS.exists():
        _apt("Outils de PostgreSQL", "install", "postgresql-common")
    try:
        with no_main_cluster(CLUSTER_SETTINGS):
            _apt("Installation des paquets", "install", *names)
    finally:
        if ours:
            _leave_no_service()


def _leave_no_service() -> None:
    """Debian enables PostgreSQL at boot, even with no server to start: not for us."""
    commands = [["update-rc.d", "postgresql", "disable"]]
    if SYSTEMD.exists():
        commands.append(["systemctl", "stop", "postgresql.service"])
    for command in commands:
        if shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)


@contextmanager
def no_main_cluster(settings: Path) -> Iterator[None]:
    """Have no server made at install for the length of a block."""
    before = settings.read_bytes()
    kept = settings.stat()
    try:
        with settings.open("ab") as file:
            file.write(b"\ncreate_main_cluster = false\n")
        yield
    finally:
        settings.write_bytes(before)
        os.utime(settings, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def _apt(title: str, *arguments: str) -> None:
    """Run apt-get as one step; its last words are shown when it fails."""
    env = os.environ | {
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
        "NEEDRESTART_SUSPEND": "1",
    }
    # A channel of its own: apt closes its status channel to the packages' scripts, and those fail
    # when that is their standard output.
    reading, writing = os.pipe()
    with tempfile.NamedTemporaryFile() as said, step(title) as progress:
        process = subprocess.Popen(
            ["apt-get", *OPTIONS, f"-oAPT::Status-Fd={writing}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=[writing],
            env=env,
        )
        os.close(writing)
        try:
            with open(reading, encoding="utf-8", errors="replace") as status:  # noqa: PTH123
                for line in status:
                    progress.detail = _status(line) or progress.detail
        except KeyboardInterrupt:
            # apt finishes the packages it has begun: leave nothing half-done behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            progress.detail = "fin des paquets commencés"
            process.wait()
            raise
        if process.wait():
            words = tail(Path(said.name), 25)
            hint = UNIVERSE if "Unable to locate package" in words else ""
            raise RefusalError(f"apt-get {arguments[0]} a échoué.{hint}\n{words}")


def _status(line: str) -> str | None:
    """Read one of apt's status lines: kind, package, percentage, words."""
    found = re.match(r"(dl|pm)status:.*?:([\d.]+):", line)
    if not found:
        return None
    what = "téléchargement" if found[1] == "dl" else "installation"
    return f"{what} {float(found[2]):.0f} %"


def main(names: list[str]) -> int:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        complain("machine.install demande root et apt-get.")
        return 2
    try:
        install(names)
    except RefusalError as refusal:
        complain(str(refusal))
        return 1
    except KeyboardInterrupt:
        say("\nInstallation interrompue.")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
