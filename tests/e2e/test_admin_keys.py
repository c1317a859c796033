"""A day at the keyboard of the back-office, and the filters one finds again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in

SOLOS = "/gestion/solos/solo/"


@pytest.fixture
def office(new_page: NewPage) -> Page:
    page = new_page()
    sign_in(page, ADMINISTRATOR)
    page.goto(SOLOS)
    return page


def row(page: Page, number: int) -> Locator:
    return page.locator("#result_list tbody tr").nth(number)


def test_list_is_worked_through_from_the_keyboard(office: Page):
    press = office.keyboard.press
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        press(key)
        expect(row(office, number).locator("th a")).to_be_focused()
    press("x")
    expect(row(office, 1).get_by_role("checkbox")).to_be_checked()
    expect(office.locator("#result_list tr.selected")).to_have_count(1)
    press("x")
    expect(row(office, 1).get_by_role("checkbox")).not_to_be_checked()

    record = row(office, 1).locator("th a").get_attribute("href")
    for opens in ("o", "Enter"):
        press(opens)
        expect(office).to_have_url(re.compile(f"{re.escape(record)}$"))
        office.goto(SOLOS)
        press("j"), press("j")

    press("n")
    expect(office).to_have_url(re.compile(r"/gestion/solos/solo/add/$"))
    # A new record waits for its first word, where letters are letters.
    office.wait_for_load_state()
    office.evaluate("document.activeElement.blur()")
    press("g"), press("a")
    expect(office).to_have_url(re.compile(r"/gestion/$"))


def test_search_takes_letters_as_letters(office: Page):
    office.keyboard.press("/")
    search = office.get_by_role("searchbox", name="Rechercher dans la liste")
    expect(search).to_be_focused()

    office.keyboard.type("njkox?ga/")
    expect(search).to_have_value("njkox?ga/")
    expect(office).to_have_url(re.compile(r"/gestion/solos/solo/$"))
    expect(office.get_by_role("dialog")).to_have_count(0)

    for held in ("Control", "Alt", "Meta"):
        search.blur()
        office.keyboard.press(f"{held}+j")
        expect(office.locator("#result_list tr.is-here")).to_have_count(0)


@pytest.mark.parametrize("keys", ["Control+s", "Meta+s"])
def test_record_is_saved_even_while_typing(office: Page, keys: str):
    office.goto("/gestion/solos/sector/")
    office.keyboard.press("j"), office.keyboard.press("o")
    office.get_by_label("Nom", exact=False).first.focus()

    office.keyboard.press(keys)

    expect(office).to_have_url(re.compile(r"/gestion/solos/sector/$"))
    expect(office.locator(".messagelist .success")).to_have_count(1)


def test_page_that_asks_before_deleting_is_not_sent_by_a_key(office: Page):
    office.keyboard.press("j"), office.keyboard.press("o")
    office.wait_for_url(re.compile(r"/change/"))
    office.goto(re.sub(r"/change/.*", "/delete/", office.url))

    office.keyboard.press("Control+s")

    expect(office).to_have_url(re.compile(r"/delete/$"))
    expect(office.get_by_role("heading", level=1)).to_be_visible()


def test_help_lists_the_keys_and_switches_them_off(
    office: Page, accessibility_report: Callable[[Page], str]
):
    office.keyboard.press("?")
    help_ = office.get_by_role("dialog", name="Raccourcis clavier")
    expect(help_).to_be_visible()
    expect(help_.locator("kbd")).to_have_text(
        ["g", "a", "?", "Échap", "Ctrl", "⌘", "S", "/", "n", "j", "k", "Entrée", "o", "x"]
    )
    for width in (360, 1440):
        office.set_viewport_size({"width": width, "height": 900})
        assert accessibility_report(office) == "", width
        assert help_.evaluate("(box) => box.scrollWidth - box.clientWidth") == 0
    office.keyboard.press("j")
    office.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    expect(office.locator("#result_list tr.is-here")).to_have_count(0)

    office.get_by_role("button", name="Raccourcis clavier").click()
    help_.get_by_label("Raccourcis d’une seule touche").uncheck()
    help_.get_by_role("button", name="Fermer").click()
    office.reload()
    office.keyboard.press("j"), office.keyboard.press("?")
    expect(office.locator("#result_list tr.is-here")).to_have_count(0)
    expect(help_).to_be_hidden()

    office.get_by_role("button", name="Raccourcis clavier").click()
    help_.get_by_label("Raccourcis d’une seule touche").check()
    office.keyboard.press("Escape")
    office.keyboard.press("j")
    expect(row(office, 0).locator("th a")).to_be_focused()


def test_filter_is_kept_found_again_renamed_and_deleted(
    office: Page, new_page: NewPage, accessibility_report: Callable[[Page], str]
):
    office.goto(f"{SOLOS}?state__exact=published&q=foix&o=-1")
    office.get_by_text("Enregistrer ce filtre").click()
    office.get_by_label("Nom du filtre").fill("Publiés à Foix")
    office.get_by_role("button", name="Enregistrer", exact=True).click()
    chip = office.locator(".saved-filters .chip")
    expect(chip).to_have_attribute("aria-current", "true")
    for width in (360, 1440):
        office.set_viewport_size({"width": width, "height": 900})
        assert accessibility_report(office) == "", width
        assert office.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    office.goto("/gestion/")
    office.get_by_role("link", name="Publiés à Foix").click()
    expect(office).to_have_url(re.compile(r"\?o=-1&q=foix&state__exact=published$"))

    # Without a script, to the end.
    plain = new_page(java_script_enabled=False)
    sign_in(plain, ADMINISTRATOR, after=SOLOS)
    plain.get_by_role("link", name="Publiés à Foix").click()
    plain.get_by_text("Renommer ou supprimer").click()
    plain.get_by_label("Nom du filtre").fill("Foix")
    plain.get_by_role("button", name="Renommer").click()
    expect(plain.locator(".saved-filters .chip")).to_have_text(["Foix"])
    expect(plain.get_by_role("button", name="Raccourcis clavier")).to_be_hidden()
    plain.get_by_text("Renommer ou supprimer").click()
    plain.get_by_role("button", name="Supprimer ce filtre").click()
    expect(plain.locator(".saved-filters .chip")).to_have_count(0)
