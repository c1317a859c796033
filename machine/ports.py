"""Which ports are free, and who holds one that is not."""

import os
import secrets
import socket
from pathlib import Path

from machine.refusals import RefusalError

# Below the range from which the kernel takes the ports of outgoing connections.
FIRST, LAST = 20_000, 32_000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
        return True


def choose(preferred: int | None = None) -> int:
    """A free port of this machine, the preferred one when it is still free."""
    if preferred and is_free(preferred):
        return preferred
    for _ in range(200):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        if is_free(port):
            return port
    raise RefusalError(
        "Aucun port libre entre 20000 et 32000 : fermez des programmes, puis relancez."
    )


def web_port(text: str, *, host: str = "127.0.0.1") -> int:
    """The port asked for the site, or a sentence that says why not and what to type."""
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 0 < port < 65_536:
        raise RefusalError(f"PORT={text} n’est pas un port. Exemple : PORT=8001 make run")
    if not is_free(0, host):
        raise RefusalError(
            f"HOST={host} n’est pas une adresse de cette machine. Exemple : HOST=0.0.0.0 make run"
        )
    if is_free(port, host):
        return port
    if port < 1024 and os.geteuid() != 0:
        raise RefusalError(f"Seul root peut ouvrir le port {port}. Exemple : PORT=8001 make run")
    holder = holder_of(port)
    raise RefusalError(
        f"Le port {port} est déjà pris{f' par {holder}' if holder else ''}. "
        f"Choisissez-en un autre : PORT={_next_free(port)} make run"
    )


def _next_free(port: int) -> int:
    candidates = range(max(port, 1024) + 1, min(port + 200, 65_536))
    return next((candidate for candidate in candidates if is_free(candidate)), choose())


def holder_of(port: int) -> str | None:
    """The program that listens on a port, as far as this account may see it."""
    inodes = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if inodes & open_files(process):
            program, *words = (process / "cmdline").read_bytes().split(b"\0")
            words.insert(0, program.rpartition(b"/")[2])
            command = b" ".join(words).decode(errors="replace").strip()
            return f"« {command[:60]} » (processus {process.name})"
    return None


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found


def open_files(process: Path) -> set[str]:
    """What a process (its folder under /proc) has open, as far as this account may see it."""
    try:
        return {str(link.readlink()) for link in (process / "fd").iterdir()}
    except OSError:  # another account's, or gone meanwhile
        return set()
