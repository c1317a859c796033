"""The map in a browser: what it shows, what its address says, with and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage

KEY = "[data-key='{}']"
# What test_pages.py does not look at: a place chosen, the dark, a layer alone.
SHOWN = [
    ("/carte/", "dark", 360),
    ("/carte/", "dark", 1440),
    ("/carte/?lieu=09122", "light", 320),
    ("/carte/?lieu=09122", "light", 1440),
    ("/en/carte/?calques=solos", "light", 768),
]


def open_map(page: Page, path: str = "/carte/") -> None:
    page.goto(path)
    page.wait_for_selector(".is-live .map-marker")
    # Signs settle, then names are placed.
    page.wait_for_selector(".map-name span")


def line(page: Page, key: str) -> Locator:
    return page.locator(f".map-entry{KEY.format(key)}")


def address(page: Page) -> str:
    """Without the view, which depends on the screen."""
    return re.sub(r"#.*|^https?://[^/]+", "", page.url)


@pytest.mark.parametrize(("path", "scheme", "width"), SHOWN)
def test_map_at_work_is_accessible(
    new_page: NewPage, accessibility_report: Callable[[Page], str], path, scheme, width
):
    page = new_page(color_scheme=scheme, width=width)
    open_map(page, path)
    page.wait_for_timeout(400)

    assert accessibility_report(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_map_signs_never_hide_one_another(new_page: NewPage):
    page = new_page(width=360)
    open_map(page)
    page.wait_for_timeout(400)

    boxes = page.locator(".map-marker").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(r => [r.x, r.y, r.width])"
    )

    assert len(boxes) > 10
    assert min(width for _x, _y, width in boxes) >= 24
    overlaps = [
        (one, other)
        for rank, one in enumerate(boxes)
        for other in boxes[rank + 1 :]
        if abs(one[0] - other[0]) < 23 and abs(one[1] - other[1]) < 23
    ]
    assert overlaps == []


def test_map_shows_each_line_of_its_list(page: Page):
    open_map(page)
    lines = page.locator(".map-entry").evaluate_all("nodes => nodes.map(node => node.dataset.key)")
    points = page.request.get("/carte/points.geojson").json()["features"]

    assert lines == [point["id"] for point in points]
    assert len(set(lines)) == len(lines) > 10


def test_map_search_with_the_keyboard_finds_a_former_name(page: Page):
    open_map(page)
    field = page.get_by_role("combobox", name="Aller à une commune")

    field.fill("vicdes")
    option = page.get_by_role("option", name="Val-de-Sos anciennement Vicdessos")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Enter")

    expect(page.locator(".map-popup")).to_contain_text("Val-de-Sos")
    expect(page.locator(".commune.is-chosen")).to_have_count(1)
    expect(field).to_have_value("Val-de-Sos")
    expect(page.locator(".map-popup a", has_text="Val-de-Sos")).to_be_focused()
    assert address(page) == "/carte/?lieu=09334"


def test_map_outlines_are_no_tab_stops(page: Page):
    open_map(page)
    page.locator(".map-live").focus()

    names = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement.tagName.toLowerCase()"))

    assert "path" not in names


def test_map_search_in_vain_is_answered_by_the_server(page: Page):
    open_map(page)
    page.get_by_role("combobox").fill("qqqqzzzz")
    page.keyboard.press("Enter")

    expect(page.locator(".map-found")).to_contain_text("ne ressemble à")


def test_map_address_says_what_is_shown_and_goes_back(page: Page):
    open_map(page)
    solos = page.get_by_role("checkbox", name="Solos", exact=True)
    section = page.get_by_role("region", name=re.compile("^Solos"))

    solos.uncheck()
    expect(section).to_be_hidden()
    expect(page.locator(".kind-solos")).to_have_count(0)
    assert address(page) == "/carte/?calques=villages,telecentres,communes"
    page.get_by_role("combobox").fill("foix")
    page.get_by_role("option", name="Foix", exact=True).click()
    expect(page.locator(".map-popup")).to_contain_text("Foix")
    assert address(page) == "/carte/?calques=villages,telecentres,communes&lieu=09122"

    page.go_back()
    expect(page.locator(".map-popup")).to_have_count(0)
    expect(section).to_be_hidden()
    page.go_back()
    expect(solos).to_be_checked()
    expect(section).to_be_visible()
    assert address(page) == "/carte/"


def test_map_shared_address_shows_the_same(page: Page, new_page: NewPage):
    open_map(page)
    page.get_by_role("checkbox", name="Télécentres et tiers-lieux").uncheck()
    line(page, "village-auzat").locator("[data-locate]").click()
    expect(page.locator(".map-popup")).to_contain_text("Auzat")
    page.wait_for_timeout(600)

    friend = new_page()
    open_map(friend, page.url)

    assert friend.url == page.url
    expect(friend.get_by_role("checkbox", name="Télécentres et tiers-lieux")).not_to_be_checked()
    expect(friend.locator(".commune.is-chosen")).to_have_count(1)
    box = "node => { const { x, y, width } = node.getBoundingClientRect(); return [x, y, width] }"
    chosen = ".commune.is-chosen"
    assert friend.locator(chosen).evaluate(box) == pytest.approx(
        page.locator(chosen).evaluate(box), abs=2
    )


def test_map_line_and_sign_light_each_other(page: Page):
    open_map(page)
    auzat = line(page, "village-auzat")
    sign = page.locator(".map-marker", has=page.locator(KEY.format("village-auzat")))

    auzat.hover()
    expect(sign).to_have_class(re.compile("is-lit"))
    expect(page.locator(".commune.is-lit")).to_have_count(1)
    page.get_by_role("heading", level=1).hover()
    expect(sign).not_to_have_class(re.compile("is-lit"))
    sign.hover()
    expect(auzat).to_have_class(re.compile("is-lit"))


def test_map_popup_is_opened_read_and_left_with_the_keyboard(page: Page):
    open_map(page)
    sign = page.locator(".map-marker", has=page.locator(KEY.format("village-auzat")))
    page.get_by_role("region", name=re.compile("^Carte en Ariège")).focus()
    while not sign.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Tab")

    page.keyboard.press("Enter")
    expect(page.locator(".map-popup").get_by_role("link", name="Auzat")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator(".map-popup")).to_have_count(0)
    expect(sign).to_be_focused()


def test_map_planned_place_has_its_own_shape_and_word(page: Page):
    open_map(page)
    planned = line(page, "telecentre-tiers-lieu-de-pamiers")

    expect(planned.locator("use")).to_have_attribute("href", "#sign-planned")
    expect(planned).to_contain_text("en projet")
    expect(planned).to_contain_text("Placé au centre de la commune.")


def test_map_without_its_data_keeps_the_drawing_and_the_list(new_page: NewPage):
    page = new_page()
    page.route("**/points.geojson", lambda route: route.fulfill(status=200, body="{"))
    page.goto("/carte/")

    expect(page.locator(".map-failed")).to_contain_text("le dessin et la liste")
    expect(page.locator(".map-picture")).to_be_visible()
    expect(line(page, "village-auzat")).to_be_visible()


def test_map_without_script_filters_searches_and_shows_a_place(new_page: NewPage):
    page = new_page(width=360, java_script_enabled=False)
    page.goto("/carte/")
    expect(page.locator(".map-picture")).to_be_visible()

    page.get_by_role("checkbox", name="Solos", exact=True).uncheck()
    page.get_by_role("button", name="Afficher ces calques").click()
    expect(line(page, "village-auzat")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Solos"))).to_be_hidden()

    page.get_by_role("searchbox").fill("vicdessos")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".map-found")).to_contain_text("anciennement Vicdessos")
    expect(line(page, "village-auzat")).to_have_count(0)

    page.get_by_role("link", name="Tout montrer").click()
    line(page, "village-auzat").locator("[data-locate]").click()
    expect(page.locator(".map-found")).to_contain_text("habitants")
    expect(page.locator(".map-picture .is-chosen")).to_have_count(1)


def test_map_skip_links_lead_to_the_list_and_to_the_map(new_page: NewPage):
    page = new_page(reduced_motion="reduce")
    open_map(page)
    for name, target in [("Aller à la liste", "#liste"), ("Aller à la carte", "#carte")]:
        link = page.get_by_role("link", name=name)
        link.focus()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator(target)).to_be_focused()


def test_map_touch_targets_are_large_enough(new_page: NewPage):
    page = new_page(width=360, has_touch=True)
    open_map(page)
    small = page.locator(
        ".map-page a:visible, .map-page button:visible, .map-page summary:visible, "
        ".map-layer label:visible"
    ).evaluate_all(
        "nodes => nodes.filter(n => !n.closest('.leaflet-marker-pane, .map-skip'))"
        ".filter(n => n.getBoundingClientRect().height < 43.5)"
        ".map(n => n.outerHTML.slice(0, 90))"
    )

    assert small == []
