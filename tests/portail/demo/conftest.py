from datetime import date

import pytest

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


@pytest.fixture
def demo_today(demo_database, db) -> Loaded:
    """The demo as of today, for all the tests of a module."""
    return demo_database


@pytest.fixture
def past_figures():
    """Identified and shown by the programme of the past, on a day."""

    def figures(day: date) -> tuple[int, int]:
        programme = Programme.objects.get(slug="l-ariege-accueille-les-solos")
        counted = {row.indicator.key: row.value for row in programme_figures(programme, day)}
        return int(counted["solos_identified"]), int(counted["solos_in_directory"])

    return figures
