"""What every test may ask for."""

import pytest
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
