"""Runs the site's processes together, shows what they say, and brings back what dies.

A process that dies is started again, because a user at work must not notice it; one that dies as
soon as it starts, five times in a row, stops everything with a sentence, because nothing will mend
it. Everything stops on Ctrl-C, on SIGTERM, and when the supervisor itself is killed.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from machine.console import Command, say
from machine.refusals import RefusalError

SHORT_LIFE = 5.0
PATIENCE = 5
STOP_SECONDS = 10.0
COLOURS = (36, 32, 33, 35)


@dataclass(frozen=True)
class Program:
    """One process to keep running."""

    name: str
    command: Command
    env: Mapping[str, str]


@dataclass
class _Running:
    program: Program
    prefix: str
    process: subprocess.Popen[str]
    started: float
    short_lives: int = 0
    reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            say(f"{self.prefix}{line.rstrip()}")


class Supervisor:
    """Keeps programs running until it is told to stop."""

    def __init__(
        self, programs: Sequence[Program], *, cwd: Path, watch: Callable[[], None]
    ) -> None:
        self._programs = programs
        self._cwd = cwd
        self._watch = watch
        self._running: list[_Running] = []
        self._stop = threading.Event()
        self._hurry = threading.Event()

    def run(self) -> None:
        """Start them all; return when asked to stop, once they are all gone."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            for program in self._programs:
                self._running.append(self._start(program))
            while not self._stop.wait(0.3):
                self._watch()
                self._revive()
        finally:
            self._stop_all()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        (self._hurry if self._stop.is_set() else self._stop).set()

    def _start(self, program: Program, *, short_lives: int = 0) -> _Running:
        process = subprocess.Popen(
            [*_ended_with_us(), *program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=dict(program.env),
            cwd=self._cwd,
            start_new_session=True,
        )
        return _Running(program, self._prefix(program), process, time.monotonic(), short_lives)

    def _prefix(self, program: Program) -> str:
        width = max(len(one.name) for one in self._programs)
        text = f"{program.name:<{width}} │ "
        if not sys.stdout.isatty():
            return text
        return f"\033[{COLOURS[self._programs.index(program) % len(COLOURS)]}m{text}\033[0m"

    def _revive(self) -> None:
        for place, one in enumerate(self._running):
            code = one.process.poll()
            if code is None:
                continue
            lived = time.monotonic() - one.started
            short_lives = one.short_lives + 1 if lived < SHORT_LIFE else 0
            if short_lives >= PATIENCE:
                raise RefusalError(
                    f"« {one.program.name} » s’arrête dès son lancement (code {code}) : "
                    "tout est arrêté. La cause est dans ses dernières lignes ci-dessus."
                )
            _kill_group(one.process, signal.SIGKILL)
            say(f"{one.prefix}arrêté (code {code}), relancé")
            if short_lives > 1 and self._stop.wait(short_lives - 1):
                return
            self._running[place] = self._start(one.program, short_lives=short_lives)

    def _stop_all(self) -> None:
        """Ask each main process, then end what is left of its group."""
        for one in self._running:
            with suppress(ProcessLookupError):
                one.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(one.process.poll() is None for one in self._running):
            if time.monotonic() > deadline or self._hurry.wait(0.05):
                break
        for one in self._running:
            _kill_group(one.process, signal.SIGKILL)
            one.process.wait()
            one.reader.join(timeout=1)


def _ended_with_us() -> list[str]:
    """The words that have the kernel end a process when the supervisor is killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _kill_group(process: subprocess.Popen[str], number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
