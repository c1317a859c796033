"""What every test may ask for."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from comptes.models import User
from territoires.models import Territory
from tests.factories import TerritoryFactory, UserFactory


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _language():
    """A request leaves the reader's language behind it in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _first_wordings(request):
    """A test of a real browser empties every table: what a migration wrote is written again."""
    for name in ("transactional_db", "db"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
            import_module("registre.migrations.0004_first_wordings").write_wordings(apps, None)
            return


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
