from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from observatoire.domain.indicators import programme_figures
from portail.demo.loading import Loaded, load_demo
from portail.demo.setting import Stage
from territoires.models import Programme


@pytest.fixture
def demo(settings, db):
    """Loads a stage of the demo."""
    settings.DEMO = True

    def load(stage: Stage = Stage.TODAY, seed: int = 9) -> Loaded:
        return load_demo(folder="ariege", stage=stage, seed=seed)

    return load


@pytest.fixture(scope="module")
def _demo_of_module(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        yield load_demo(folder="ariege", stage=Stage.TODAY, seed=9)
        transaction.set_rollback(True)


@pytest.fixture
def demo_today(_demo_of_module, db) -> Loaded:
    """The demo as of today, loaded once for all the tests of a module that ask for it first."""
    return _demo_of_module


@pytest.fixture
def past_figures():
    """Identified and shown by the programme of the past, on a day."""

    def figures(day: date) -> tuple[int, int]:
        programme = Programme.objects.get(slug="l-ariege-accueille-les-solos")
        counted = {row.indicator.key: row.value for row in programme_figures(programme, day)}
        return int(counted["solos_identified"]), int(counted["solos_in_directory"])

    return figures
