"""The supervisor, run for real in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine import supervisor

ROOT = Path(supervisor.__file__).parent.parent
SCRIPT = """
import json, os, sys
from pathlib import Path
from machine.refusals import RefusalError
from machine.supervisor import Program, Supervisor
programs = [Program(name, words, os.environ) for name, words in json.loads(sys.argv[1])]
try:
    Supervisor(programs, cwd=Path("/"), watch=lambda: None).run()
except RefusalError as refusal:
    print(refusal)
    sys.exit(1)
"""
SLEEPER = ["sh", "-c", "echo here $$; exec sleep 60"]
STUBBORN = ["sh", "-c", "trap '' TERM; sleep 60 & echo here $$; wait; wait; sleep 60"]


@contextmanager
def supervising(**programs: list[str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SCRIPT, json.dumps(list(programs.items()))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def next_pid(process: subprocess.Popen[str]) -> int:
    """The number that a program prints when it starts."""
    assert process.stdout is not None
    line = next(line for line in process.stdout if "here" in line)
    return int(line.split()[-1])


def is_gone(pid: int, *, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        except FileNotFoundError:
            return True
        if state.split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_killed_program_is_started_again():
    with supervising(site=SLEEPER) as process:
        first = next_pid(process)
        os.kill(first, signal.SIGKILL)
        second = next_pid(process)
        assert second != first
        assert not is_gone(second, seconds=0.2)


def test_ctrl_c_stops_every_program():
    with supervising(site=SLEEPER, work=SLEEPER) as process:
        pids = [next_pid(process), next_pid(process)]
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert time.monotonic() - started < 3
        assert [is_gone(pid) for pid in pids] == [True, True]


def test_second_ctrl_c_does_not_wait_for_a_stubborn_program():
    with supervising(site=STUBBORN) as process:
        pid = next_pid(process)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0
        assert is_gone(pid)


def test_a_program_that_dies_at_once_stops_everything_with_a_sentence(monkeypatch):
    with supervising(site=["sh", "-c", "echo broken; exit 3"], work=SLEEPER) as process:
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert output.count("broken") == supervisor.PATIENCE
    assert output.splitlines()[-1] == (
        "« site » s’arrête dès son lancement (code 3) : tout est arrêté. "
        "La cause est dans ses dernières lignes ci-dessus."
    )


def test_programs_end_with_a_supervisor_that_is_killed():
    with supervising(site=SLEEPER) as process:
        pid = next_pid(process)
        process.kill()
        assert is_gone(pid)


def test_lines_carry_the_name_of_their_program():
    with supervising(site=["sh", "-c", "echo one; sleep 60"], horloge=SLEEPER) as process:
        next_pid(process)
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=10)[0]
    assert {line.split(" │ ")[0] for line in rest.splitlines()} <= {"site   ", "horloge"}
