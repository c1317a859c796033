"""`make run` and `make dev`: the site, its worker and its scheduler, until Ctrl-C."""

import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from machine import environment, locks
from machine.console import Command, complain, say
from machine.places import Places
from machine.preparation import Django, compile_messages
from machine.refusals import RefusalError
from machine.servers import Servers
from machine.supervisor import Program, Supervisor

# Whoever runs everything as root knows it.
AS_ROOT = "ignore:You're running the worker with superuser privileges"


def address(places: Places) -> tuple[str, int]:
    """Where the site listens: on this machine only, unless HOST says otherwise."""
    host = environment.given(places, "HOST") or "127.0.0.1"
    return host, int(environment.given(places, "PORT") or "8000")


def serve(places: Places) -> int:
    """Serve the demo as production does: gunicorn's threads, no debug."""
    django = Django(places, "demo")
    host, port = address(places)
    gunicorn = places.venv / "bin" / "gunicorn"
    web: Command = [gunicorn, "--config", "deploy/gunicorn.conf.py", "config.wsgi:application"]
    env = django.environment | {"BIND": f"{host}:{port}"}
    with _alone(places), Servers(places).used():
        compile_messages(places)
        django.migrate()
        django.load_demo()
        django.collect_static()
        _supervise(places, django, Program("site", web, env))
    return 0


def develop(places: Places) -> int:
    """Serve the working copy: pages reload, errors show."""
    django = Django(places, "dev")
    host, port = address(places)
    with _alone(places), Servers(places).used():
        compile_messages(places)
        django.migrate()
        django.load_demo()
        web = django.command("runserver", f"{host}:{port}")
        _supervise(places, django, Program("site", web, django.environment))
    return 0


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Two schedulers on one database would do everything twice."""
    with locks.held(places.var / "run.lock", seconds=0) as lock:
        if lock is None:
            raise RefusalError("Solos tourne déjà depuis ce dossier : arrêtez-le d’abord (Ctrl-C).")
        yield


def _supervise(places: Places, django: Django, web: Program) -> None:
    celery: Command = [places.python, "-m", "celery", "--quiet", "-A", "config"]
    quiet = ["--without-gossip", "--without-mingle"]
    background = django.environment | {"PYTHONWARNINGS": AS_ROOT}
    programs = [
        web,
        Program("tâches", [*celery, "worker", "--concurrency=2", *quiet], background),
        Program("horloge", [*celery, "beat", "--pidfile="], background),
    ]
    ended = threading.Event()
    threading.Thread(target=_announce, args=(places, django, ended), daemon=True).start()
    watch = _Watch(Servers(places))
    try:
        Supervisor(programs, cwd=places.root, watch=watch.look).run()
    finally:
        ended.set()
        say("Arrêt…")


class _Watch:
    """Brings the private servers back when they are killed, and keeps trying."""

    def __init__(self, services: Servers) -> None:
        self._services = services
        self._next = 0.0

    def look(self) -> None:
        if time.monotonic() < self._next or self._services.are_running():
            return
        say("PostgreSQL ou Redis s’est arrêté : relance…")
        try:
            self._services.start()
            say("PostgreSQL et Redis sont revenus.")
        except RefusalError as refusal:
            complain(str(refusal))
            self._next = time.monotonic() + 5


def _announce(places: Places, django: Django, ended: threading.Event) -> None:
    """Say where the site is and who may log in, as soon as it answers."""
    host, port = address(places)
    local = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - a comparison
    shown = f"http://{'localhost' if local == '127.0.0.1' else local}:{port}/"
    accounts = _accounts(places, django, port)
    while not _answers(f"http://{local}:{port}/healthz"):
        if ended.wait(0.2):
            return
    say(f"\nSolos est prêt : {shown}   (gestion : {shown}gestion/)")
    if accounts:
        say(accounts)
    say(f"Arrêter : Ctrl-C. Journaux des services : {os.path.relpath(places.log)}/\n")


def _accounts(places: Places, django: Django, port: int) -> str:
    """Who may log in to the demo, in the demo's own words."""
    asked = subprocess.run(
        django.command("demo_accounts"),
        env=django.environment | {"PORT": str(port)},
        cwd=places.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.rstrip() if asked.returncode == 0 else ""


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False
