"""What a search found, on a map in a browser: numbered as the list; without a script, a drawing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import FirstVisit, NewPage

KILOBYTE = 1024
NUMBERS = "nodes => nodes.map(node => node.querySelector('.found-number').textContent)"


def first_day_found(page: Page, prefix: str = "") -> str:
    """The address of a search that finds several places, within the days to come."""
    for ahead in range(1, 10):
        day = timezone.localdate() + timedelta(days=ahead)
        path = f"{prefix}/telecentres/?jour={day}&moment=matin&pres=Foix"
        page.goto(path)
        if page.locator(".found > li").count() > 1:
            return path
    raise AssertionError("nothing is free in the demo")


def see_map(page: Page) -> None:
    page.wait_for_selector(".found-frame.is-live .map-name span")
    page.wait_for_timeout(400)  # signs settle


def test_map_comes_with_what_is_found_and_answers_the_list(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    asked: list[str] = []
    day = first_day_found(page).partition("jour=")[2].partition("&")[0]
    page.goto("/telecentres/")
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".found-frame")).to_have_count(0)
    assert page.evaluate("typeof L") == "undefined"

    page.get_by_label("Jour").fill(day)
    page.get_by_label("Moment").select_option("le matin")
    page.get_by_role("button", name="Voir ce qui est libre").click()
    see_map(page)

    numbers = page.locator(".found > li").evaluate_all(NUMBERS)
    assert numbers == [str(rank + 1) for rank in range(len(numbers))]
    assert page.locator(".found-marker").evaluate_all(NUMBERS) == numbers
    expect(page.locator("svg.found-map")).to_be_hidden()
    check(page)

    page.locator("#lieu-2 h3 a").focus()
    expect(page.locator(".found-marker.is-lit .found-number")).to_have_text("2")
    page.locator(".found-marker").nth(1).focus()
    expect(page.locator(".found > .is-lit")).to_have_id("lieu-2")
    assert (
        len([url for url in asked if "/leaflet/leaflet." in url]) == 2
    )  # its script and its sheet


def test_sign_leads_by_keyboard_to_the_booking_and_back(new_page: NewPage):
    page = new_page(width=360)
    first_day_found(page)
    see_map(page)
    name = page.locator("#lieu-1 h3 a").inner_text()

    page.locator(".found > li a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".map-live")).to_be_focused()
    page.keyboard.press("Tab")
    sign = page.locator(".found-marker").first
    expect(sign).to_be_focused()
    page.keyboard.press("Enter")

    popup = page.locator(".leaflet-popup")
    expect(popup.locator(".map-popup-name a")).to_be_focused()
    expect(popup.locator(".map-popup-name a")).to_have_text(name)
    assert popup.locator(".slot").first.get_attribute("href") == (
        page.locator("#lieu-1 .slot").first.get_attribute("href")
    )
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()
    popup.wait_for(state="detached")


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("dark", 1440), ("light", 1440)])
def test_map_of_what_is_found_is_accessible_in_english(
    new_page: NewPage, accessibility_report: Callable[[Page], str], scheme, width
):
    page = new_page(color_scheme=scheme, width=width)
    first_day_found(page, "/en")
    see_map(page)
    page.locator(".found-marker").first.click()
    page.wait_for_selector(".leaflet-popup")
    page.wait_for_timeout(400)

    assert accessibility_report(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(page.get_by_role("button", name="Zoom in")).to_be_visible()


def test_without_a_script_the_drawing_is_numbered(new_page: NewPage):
    page = new_page(java_script_enabled=False, width=360)
    first_day_found(page)

    drawn = page.locator("svg.found-map text").all_text_contents()
    assert drawn == [str(rank + 1) for rank in range(page.locator(".found > li").count())]
    expect(page.locator("svg.found-map")).to_be_visible()


def test_drawing_stays_when_the_land_does_not_come(new_page: NewPage):
    page = new_page()
    page.route("**/carte/communes.geojson", lambda route: route.fulfill(json={}))
    with page.expect_console_message(lambda message: message.type == "warning"):
        first_day_found(page)

    expect(page.locator("svg.found-map")).to_be_visible()
    expect(page.locator(".map-live")).to_be_hidden()


def test_search_is_light_and_tells_nobody(page: Page, first_visit: Callable[[str], FirstVisit]):
    visit = first_visit(first_day_found(page))

    assert len([url for url in visit.requests if "/leaflet/leaflet." in url]) == 2
    assert visit.transferred <= 300 * KILOBYTE, f"{visit.transferred / KILOBYTE:.0f} KB"
    assert len(visit.requests) <= 25, visit.requests
    assert visit.third_party == []
