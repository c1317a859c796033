"""The demo of Ariège for tests: loaded once a run, then copied by PostgreSQL in a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import override_settings
from psycopg import sql

from portail.demo.loading import Loaded, load_demo
from portail.demo.setting import Stage


@dataclass(frozen=True)
class KeptDemo:
    database: str
    loaded: Loaded


@pytest.fixture(scope="session")
def kept_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[KeptDemo]:
    """The demo as of today in a database of its own, which nobody writes to."""
    tests = connection.settings_dict["NAME"]
    assert tests.startswith("test_")
    with django_db_blocker.unblock(), copied(tests, f"{tests}_demo") as name:
        with override_settings(DEMO=True):
            loaded = load_demo(folder="ariege", stage=Stage.TODAY, seed=9)
        with using(tests):
            yield KeptDemo(name, loaded)


@pytest.fixture(scope="module")
def demo_database(kept_demo: KeptDemo, django_db_blocker: Any) -> Iterator[Loaded]:
    """A copy for the tests of a module, threads of a server included; gone after them."""
    with django_db_blocker.unblock(), copied(kept_demo.database, f"{kept_demo.database}_copy"):
        yield kept_demo.loaded


@contextmanager
def copied(source: str, name: str) -> Iterator[str]:
    """While it lasts, every connection that opens goes to a copy of `source`."""
    connections.close_all()
    _drop(name)
    _administer("CREATE DATABASE {} TEMPLATE {}", name, source)
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


def _drop(name: str) -> None:
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administer(statement: str, *names: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
