"""How steps and progress are shown to the operator, in a terminal or in a file."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from machine.refusals import RefusalError

Command = Sequence[str | Path]
# What a program answers when Ctrl-C ended it.
INTERRUPTED = 130


def say(text: str = "") -> None:
    """One line for the operator; a closed terminal is no reason to fail."""
    with suppress(OSError):
        # In one write: several programs speak at once, and a line of each must stay whole.
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def complain(text: str) -> None:
    """One sentence on what stopped us."""
    with suppress(OSError):
        print(f"\n✗ {text}", file=sys.stderr, flush=True)


class Progress:
    """One line that tells how far a long step is; in a file, a line every ten seconds."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        self._started = time.monotonic()
        self._done = threading.Event()
        self._live = sys.stdout.isatty()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def start(self) -> None:
        if not self._live:
            say(f"• {self.title}…")
        self._thread.start()

    def finish(self, *, ok: bool) -> None:
        self._done.set()
        self._thread.join()
        seconds = time.monotonic() - self._started
        if self._live:
            mark = "✓" if ok else "✗"
            self._draw(f"{mark} {self.title} ({seconds:.0f} s)", end="\n")
        elif seconds >= 1:
            say(f"  {'fait' if ok else 'échec'} en {seconds:.0f} s")

    def _tick(self) -> None:
        while not self._done.wait(0.5 if self._live else 10):
            seconds = f"{time.monotonic() - self._started:.0f} s"
            words = ", ".join(word for word in (self.detail, seconds) if word)
            if self._live:
                self._draw(f"• {self.title}… {words}", end="")
            else:
                say(f"  … {words}")

    @staticmethod
    def _draw(text: str, *, end: str) -> None:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = 80
        sys.stdout.write(f"\r\033[K{text[: width - 1]}{end}")
        sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[Progress]:
    """Show a long step while it lasts."""
    progress = Progress(title)
    progress.start()
    try:
        yield progress
    except BaseException:
        progress.finish(ok=False)
        raise
    progress.finish(ok=True)


def run_step(
    title: str,
    command: Command,
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command quietly as one step; its words go to a log, shown when it fails."""
    with log.open("wb") as output, step(title):
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            check=False,
        )
        if ended.returncode:
            raise RefusalError(f"{title} : échec.\n{tail(log)}\nJournal complet : {log}")


def call(command: Command, *, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run a command in the foreground: Ctrl-C is for it, and we wait for its end."""
    process = subprocess.Popen(command, env=env, cwd=cwd)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        code = process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log, indented."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
