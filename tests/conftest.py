"""What every test may ask for."""

import logging
import socket
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from celery import current_app
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from comptes.models import User
from territoires.models import Territory
from tests.demo import demo_database, kept_demo  # noqa: F401 - fixtures
from tests.factories import TerritoryFactory, UserFactory
from tests.refill import write_what_migrations_wrote

# Where the domain is walked through from afar: nothing is learnt there by tracing each line, which
# makes a test half as long again. The gate on the domain holds without them.
UNTRACED = {"admin", "config", "e2e", "machine", "project"}
# How long an example takes says how busy the machine is, and nothing of the code.
hypothesis_settings.register_profile(
    "whatever the machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("whatever the machine")
# As the addresses do: many tests read the list of what the back-office shows.
admin.autodiscover()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if UNTRACED & set(item.path.parts):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _language():
    """A request leaves the reader's language behind it in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test without transaction leaves every table empty behind it.

    After the last one the test database is gone, and the connection leads to another.
    """
    result = yield
    mark = item.get_closest_marker("django_db")
    if nextitem and mark and mark.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            write_what_migrations_wrote()
            connection.close()
    return result


@pytest.fixture
def territory(db) -> Territory:
    """The default territory: Ariège, by its whole department."""
    return TerritoryFactory(ariege=True)


@pytest.fixture
def officer(db) -> User:
    return UserFactory(officer=True)


@pytest.fixture
def officer_client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def logs() -> Iterator[Callable[[], str]]:
    """Everything that production would have written down so far, in its own format."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    shape = {**settings.LOGGING["formatters"]["structured"]}
    handler.setFormatter(shape.pop("()")(**shape))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written.getvalue
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def no_database(django_db_setup, django_db_blocker):
    """PostgreSQL is away: its address leads nowhere. No row is touched, so none is put back."""
    right = {key: connection.settings_dict[key] for key in ("HOST", "PORT")}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT=1)
        yield
        connection.close()
        connection.settings_dict.update(right)


@pytest.fixture
def nobody() -> Iterator[str]:
    """A Redis where nobody listens, at a port that nobody else can take."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def silence() -> Iterator[str]:
    """A Redis that takes calls and never answers, like a machine that hangs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.fixture
def use_broker() -> Iterator[Callable[[str], None]]:
    """Send tasks to a broker for good; tests run them on the spot otherwise."""
    conf = current_app.conf
    before = {name: conf[name] for name in ("task_always_eager", "broker_url", "broker_write_url")}
    yield lambda url: conf.update(task_always_eager=False, broker_url=url, broker_write_url=url)
    conf.update(before)
