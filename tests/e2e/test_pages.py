import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import FirstVisit, NewPage

WIDTHS = (320, 768, 1440)
PUBLIC_PAGES = [
    "/",
    "/carte/",
    "/annuaire/",
    "/annuaire/?q=zzzz",
    "/annuaire/{solo}/",
    "/telecentres/",
    "/telecentres/telecentre-cap-mirabeau/",
    "/telecentres/tiers-lieu-de-pamiers/",
    "/villages/",
    "/villages/auzat/",
    "/communes/09122/",
    "/communes/09000/",
    "/sessions/",
    "/sessions/{session}/",
    "/actualites/",
    "/actualites/la-soiree-des-solos-change-de-jour/",
    "/pages/venir-s-installer/",
    "/pages/teletravail-guide-du-salarie/",
    "/presse/",
    "/observatoire/",
    "/programmes/",
    "/programmes/l-ariege-accueille-les-solos/",
    "/recherche/?q=vicdesos",
    "/recherche/?q=zzzz",
    "/plan-du-site/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/perdu/",
    "/en/",
    "/en/annuaire/",
    "/en/villages/auzat/",
    "/en/pages/teletravail-guide-de-l-employeur/",
    "/en/presse/",
]
KILOBYTE = 1024


def open_page(page: Page, path: str) -> None:
    """The demo's solos and sessions have no address known beforehand: take the list's first."""
    folder = {"{solo}": "annuaire", "{session}": "sessions"}
    for word, name in folder.items():
        if word in path:
            page.goto(f"/{name}/")
            path = page.locator("main .card-link").first.get_attribute("href") or ""
    page.goto(path)


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_is_accessible_and_fits_at_every_width(
    new_page: NewPage, accessibility_report: Callable[[Page], str], path: str
):
    page = new_page()
    open_page(page, path)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_report(page) == "", f"{width} px"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{width} px"
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "path", ["/", "/annuaire/", "/communes/09122/", "/observatoire/", "/pages/venir-s-installer/"]
)
def test_page_is_accessible_in_the_dark(
    new_page: NewPage, accessibility_report: Callable[[Page], str], path: str
):
    page = new_page(color_scheme="dark")
    page.goto(path)

    assert accessibility_report(page) == ""


def test_axe_would_find_a_mistake(page: Page, accessibility_report: Callable[[Page], str]):
    """Control: a planted mistake is reported."""
    page.goto("/accessibilite/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")

    assert "button-name" in accessibility_report(page)


@pytest.mark.parametrize("path", [path for path in PUBLIC_PAGES if "{" not in path])
def test_first_visit_is_light_and_tells_nobody(first_visit: Callable[[str], FirstVisit], path: str):
    visit = first_visit(path)
    heaviest, most = (300, 25) if path == "/carte/" else (150, 15)

    assert visit.transferred <= heaviest * KILOBYTE, f"{visit.transferred / KILOBYTE:.0f} KB"
    assert len(visit.requests) <= most, visit.requests
    assert visit.third_party == []
    assert visit.cookies == []
    assert visit.stored == 0


def test_skip_link_comes_first_and_leads_to_the_content(page: Page):
    page.goto("/villages/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_menu_opens_with_the_keyboard(new_page: NewPage):
    page = new_page(width=320)
    page.goto("/")
    menu = page.locator(".menu")
    villages = menu.get_by_role("link", name="Villages")
    expect(villages).to_be_hidden()

    menu.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    expect(villages).to_be_visible()
    villages.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/villages/$"))


def test_directory_filters_without_javascript(new_page: NewPage):
    page = new_page(width=360, java_script_enabled=False)
    page.goto("/annuaire/")
    page.locator(".filters-more summary").click()
    page.get_by_label("Commune", exact=True).select_option("09030")
    page.get_by_role("button", name="Rechercher").click()

    expect(page).to_have_url(re.compile(r"commune=09030"))
    places = page.locator("#resultats .card-place").all_inner_texts()
    assert set(places) == {"Auzat"}
    expect(page.get_by_label("Commune", exact=True)).to_have_value("09030")


def test_directory_journey(page: Page):
    """Filter, follow the count, go back, search with a typo, open a profile."""
    page.goto("/annuaire/")
    everyone = page.locator("#compte").inner_text()
    page.evaluate("window.sameDocument = true")

    commune = page.get_by_label("Commune", exact=True)
    commune.focus()
    commune.select_option("09030")
    expect(page).to_have_url(re.compile(r"/annuaire/\?commune=09030$"))
    expect(page.locator("#compte")).not_to_have_text(everyone)
    expect(page.locator("#annuaire-commune")).to_be_focused()
    assert page.evaluate("window.sameDocument") is True

    page.go_back()
    expect(page.locator("#compte")).to_have_text(everyone)
    expect(page.get_by_label("Commune", exact=True)).to_have_value("")

    name = page.locator("#resultats .card-link").nth(2).inner_text()
    page.get_by_role("searchbox").fill(name[:-1])
    page.keyboard.press("Enter")
    expect(page.locator("#resultats .card-link").first).to_have_text(name)
    page.locator("#resultats .card-link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_pages_read_without_javascript(new_page: NewPage):
    page = new_page(java_script_enabled=False)

    for path in ["/", "/carte/", "/annuaire/", "/communes/09122/", "/observatoire/"]:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
