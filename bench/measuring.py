"""Run several ways of doing one thing side by side, check that they agree, and print a table.

One run, one machine, one table: absolute times drift from day to day, ratios hold. The ways take
turns (ours, naive, limit, ours, …), so that a busy moment falls on all of them. Beside the clock,
the table gives the processor time, ours and the database's, which other programs disturb less.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


@dataclass(frozen=True)
class Scale:
    """How much data: `full` is the size that we promise for, `small` takes some minutes in all."""

    is_full: bool

    def pick(self, *, small: T, full: T) -> T:
        return full if self.is_full else small


@dataclass(frozen=True)
class Goal:
    """What our median must be, compared with this way's."""

    # Ours is at least so many times faster than this way (a naive one).
    faster: float | None = None
    # Ours takes at most so many times as long as this way (a limit).
    within: float | None = None


@dataclass
class Way:
    """One way of doing the thing.

    `run` is timed. `prepare`, before each run, and `answer`, after the first one, are not; the
    answers of all ways must be equal. A way that would take minutes runs on a `share` of the
    data: its time is divided by it, its answer is not compared, and the table says so. `rounds`
    overrides the race's; with 0, `seconds` and `processor` are given and nothing runs.
    """

    name: str
    run: Callable[[], object] = lambda: None
    prepare: Callable[[], object] = lambda: None
    answer: Callable[[], object] | None = None
    goal: Goal = field(default_factory=Goal)
    share: float = 1.0
    rounds: int | None = None
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


@dataclass
class Race:
    """A table to be: the first way is ours."""

    title: str
    ways: Sequence[Way]
    rounds: int = 3
    note: str = ""


def run_race(race: Race) -> bool:
    """Time every way in turn and print the table. Returns whether all answers are the same."""
    answers: dict[str, object] = {}
    rounds = [race.rounds if way.rounds is None else way.rounds for way in race.ways]
    for number in range(max(rounds)):
        for way, most in zip(race.ways, rounds, strict=True):
            if number < most:
                way.prepare()
                _time(way)
                if number == 0 and way.answer and way.share == 1:
                    answers[way.name] = way.answer()
    same = len(set(map(repr, answers.values()))) <= 1
    _print(race, answers, same=same)
    return same


def _time(way: Way) -> None:
    gc.collect()
    seconds, processor = timed(way.run)
    way.seconds.append(seconds / way.share)
    way.processor.append(processor / way.share)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """The seconds that it took by the clock, and those of processor."""
    processor, clock = _processor_time(), time.perf_counter()
    run()
    return time.perf_counter() - clock, _processor_time() - processor


def _processor_time() -> float:
    """Seconds of processor taken so far by this program and by its database connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    # A database elsewhere, or another system: only what this program took.
    times = backend.read_text().rsplit(")", 1)[1].split()[11:13] if backend.exists() else []
    return time.process_time() + sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _print(race: Race, answers: dict[str, object], *, same: bool) -> None:
    print(f"\n{race.title}")
    if race.note:
        print(f"  {race.note}")
    width = max(len(way.name) for way in race.ways)
    heads = ("médiane", "de", "à", "calcul", "× médiane", "× calcul")
    print(f"  {'':{width}}{''.join(f'{head:>11}' for head in heads)}  objectif")
    ours = race.ways[0]
    for way in race.ways:
        median, processor = statistics.median(way.seconds), statistics.median(way.processor)
        cells = [
            *map(_readable, (median, min(way.seconds), max(way.seconds), processor)),
            f"{median / statistics.median(ours.seconds):.2f}",
            f"{processor / statistics.median(ours.processor):.2f}",
        ]
        line = f"  {way.name:{width}}{''.join(f'{cell:>11}' for cell in cells)}"
        print(f"{line}  {_verdict(way, ours)}{_share(way)}")
    if len(answers) > 1:
        print(f"  réponses : {'identiques' if same else f'DIFFÉRENTES {answers}'}", flush=True)


def _verdict(way: Way, ours: Way) -> str:
    ratio = statistics.median(way.seconds) / statistics.median(ours.seconds)
    if way.goal.faster:
        return f"≥ {way.goal.faster:g} × : {'tenu' if ratio >= way.goal.faster else 'MANQUÉ'}"
    if way.goal.within:
        met = 1 / ratio <= way.goal.within
        return f"le nôtre ≤ {way.goal.within:g} × : {'tenu' if met else 'MANQUÉ'}"
    return ""


def _share(way: Way) -> str:
    return "" if way.share == 1 else f"  (mesuré sur {way.share:.0%}, ramené au tout)"


def _readable(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
