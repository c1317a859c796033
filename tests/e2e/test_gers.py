"""A second territory of the demo, found on a telephone under its own host name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from portail.demo.loading import load_demo
from portail.demo.setting import Stage
from tests.e2e.conftest import NewPage


@pytest.fixture(scope="module")
def gers(site: str, django_db_blocker: Any) -> str:
    """The address of its site; asked for before a browser, whose event loop bars the database."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        load_demo(folder="gers", stage=Stage.TODAY, seed=9)
    return site.replace("localhost", "gers.localhost")


def test_desk_of_the_gers_is_chosen_under_its_own_host_name(
    gers: str, new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    page.goto(gers)
    expect(page.get_by_text("34", exact=True)).to_be_visible()
    check(page)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{gers}/telecentres/")
    expect(page.get_by_role("heading", name="Télécentre d")).to_have_count(8)
    check(page)
    page.set_viewport_size({"width": 360, "height": 900})
    page.get_by_role("link", name="Télécentre d’Auch").click()
    check(page)
    page.set_viewport_size({"width": 360, "height": 900})
    page.get_by_role("link", name="Réserver une place").click()
    expect(page.get_by_role("link", name="libre").first).to_be_visible()
    check(page)
