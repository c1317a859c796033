"""A code stuck on a desk, read with a telephone: one button says that one is there."""

from collections.abc import Callable
from datetime import date, time
from urllib.parse import parse_qs, urlsplit

import time_machine
from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR, MEMBER
from telecentres.domain.calendar import moment
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in

PLACE = "/telecentres/telecentre-cap-mirabeau/"


def test_holder_says_that_they_are_there_by_the_code_of_their_desk(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    sign_in(page, MEMBER, PLACE)
    page.get_by_role("link", name="Réserver une place").click()
    page.get_by_role("link", name="libre").last.click()
    asked = parse_qs(urlsplit(page.url).query)
    page.get_by_role("button", name="Réserver ce créneau").click()
    desk = page.locator("dd").first.inner_text()

    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/telecentres/telecentre/?q=mirabeau")
    office.locator("#result_list tbody th a").click()
    office.get_by_role("link", name="Codes d’arrivée").click()
    check(office)
    label = office.get_by_role("listitem").filter(has=office.get_by_role("heading", name=desk))
    code = label.get_by_role("link").get_attribute("href")

    begins = moment(date.fromisoformat(asked["jour"][0]), time.fromisoformat(asked["de"][0]))
    with time_machine.travel(begins):
        page.goto(urlsplit(code).path)
        check(page)
        page.set_viewport_size({"width": 360, "height": 640})
        page.get_by_role("button", name="Je suis là").click()
        expect(page.get_by_text("Arrivée notée à")).to_be_visible()
        check(page)
        page.goto(f"{PLACE}ecran/")
        expect(page.get_by_role("listitem").filter(has_text=desk)).to_contain_text("Pris")
        check(page)
