"""The demo of Ariège for tests: loaded once a run, then copied by PostgreSQL in a moment."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import override_settings
from psycopg import sql

from machine.locks import held
from portail.demo.loading import Loaded, load_demo
from portail.demo.setting import Stage


@dataclass(frozen=True)
class KeptDemo:
    database: str
    loaded: Loaded


@pytest.fixture(scope="session")
def kept_demo(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[KeptDemo]:
    """The demo as of today in a database of its own, which nobody writes to.

    Workers share it: the first to ask loads it, the last to leave drops it.
    """
    tests = connection.settings_dict["NAME"]
    assert tests.startswith("test_")
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    name = f"{tests.removesuffix(f'_{worker_id}')}_demo"
    with django_db_blocker.unblock():
        with held(folder / "demo.lock"):
            loaded = _join(folder, tests, name)
        yield KeptDemo(name, loaded)
        with held(folder / "demo.lock"):
            _leave(folder, name)


def _join(folder: Path, tests: str, name: str) -> Loaded:
    users, kept = folder / "demo.users", folder / "demo.loaded"
    count = int(users.read_text()) if users.exists() else 0
    if count == 0:
        _copy(tests, name)
        with using(name), override_settings(DEMO=True):
            kept.write_bytes(pickle.dumps(load_demo(folder="ariege", stage=Stage.TODAY, seed=9)))
    users.write_text(str(count + 1))
    loaded: Loaded = pickle.loads(kept.read_bytes())
    return loaded


def _leave(folder: Path, name: str) -> None:
    users = folder / "demo.users"
    count = int(users.read_text()) - 1
    users.write_text(str(count))
    if count == 0:
        _drop(name)


@pytest.fixture(scope="module")
def demo_database(kept_demo: KeptDemo, django_db_blocker: Any) -> Iterator[Loaded]:
    """A copy for the tests of a module, threads of a server included; gone after them."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), copied(kept_demo.database, f"{own}_demo_copy"):
        yield kept_demo.loaded


@contextmanager
def copied(source: str, name: str) -> Iterator[str]:
    """While it lasts, every connection that opens goes to a copy of `source`."""
    _copy(source, name)
    with using(name):
        yield name
    _drop(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _go_to(name)
    yield
    _go_to(before)


def _go_to(name: str) -> None:
    connections.close_all()
    # A test without transaction numbers the content types anew in its own database.
    ContentType.objects.clear_cache()
    connection.settings_dict["NAME"] = name


def _copy(source: str, name: str) -> None:
    connections.close_all()
    _drop(name)
    _administer("CREATE DATABASE {} TEMPLATE {}", name, source)


def _drop(name: str) -> None:
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administer(statement: str, *names: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
