"""The back-office under its security policy, with a mouse, a keyboard and axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR, MEMBER, PASSWORD, DemoAccount
from tests.e2e.conftest import NewPage

PAGES = [
    "/gestion/",
    "/gestion/solos/solo/?state__exact=published",
    "/gestion/solos/solo/add/",
    "/gestion/solos/solo/import/",
    "/gestion/solos/solo/export/",
    "/gestion/solos/solo/relire/",
    "/gestion/solos/solo/tableau/",
    "/gestion/solos/solo/carte/",
    "/gestion/solos/solo/chiffres/",
    "/gestion/telecentres/telecentre/add/",
    "/gestion/accueil/event/add/",
    "/gestion/territoires/commune/09122/change/",
    "/gestion/territoires/programme/",
    "/gestion/territoires/territory/add/",
    "/gestion/comptes/user/add/",
    "/gestion/password_change/",
]


def sign_in(page: Page, account: DemoAccount, after: str = "/gestion/") -> None:
    page.goto(f"/compte/connexion/?next={after}")
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Me connecter").click()


def address_mailed(office: Page, email: str, pattern: str) -> str:
    """The address in the last mail to someone, read in the back-office as the demo does."""
    office.goto(f"/gestion/courrier/outgoingmail/?q={email}")
    office.locator("#result_list tbody th a").first.click()
    expect(office.locator("main")).to_contain_text(re.compile(pattern))
    # The mail in its frame is asked for as well: before the rules of the door may change.
    office.wait_for_load_state()
    return re.search(pattern, office.locator("main").inner_text())[0]


@pytest.fixture
def office(new_page: NewPage) -> Page:
    page = new_page()
    sign_in(page, ADMINISTRATOR)
    return page


def test_pages_are_accessible_and_fit_a_phone_a_tablet_and_a_desk(
    office: Page, accessibility_report: Callable[[Page], str]
):
    for path in PAGES:
        office.goto(path, wait_until="networkidle")
        for width in (360, 768, 1440):
            office.set_viewport_size({"width": width, "height": 900})
            assert office.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            # Between the two, nothing but the room changes.
            assert width == 768 or accessibility_report(office) == "", (path, width)


def test_record_shows_its_history_and_asks_before_deletion(office: Page):
    for name in ("solos/solo", "telecentres/telecentre", "territoires/programme"):
        office.goto(f"/gestion/{name}/")
        office.locator("#result_list tbody th a").first.click()
        record = office.url.removesuffix("change/").split("?")[0].removesuffix("change/")
        for page in ("history", "delete"):
            office.goto(f"{record}{page}/", wait_until="networkidle")
            assert office.locator("main h1").count() == 1
        office.goto(f"{record}history/")
        office.locator("#change-history a").first.click()
        expect(office.locator("main .kicker")).to_have_text("Tel qu’autrefois")


def test_point_is_placed_by_a_click_or_by_its_coordinates(office: Page):
    office.goto("/gestion/telecentres/telecentre/add/", wait_until="networkidle")
    latitude, longitude = office.get_by_label("Latitude"), office.get_by_label("Longitude")

    office.locator(".admin-map").click()

    assert 42.5 < float(latitude.input_value()) < 43.4
    assert 0.8 < float(longitude.input_value()) < 2.2
    latitude.fill("42.9658")
    latitude.press("Tab")
    expect(office.locator(".admin-map path.leaflet-interactive")).to_have_count(1)


def test_commune_is_chosen_by_a_former_name_with_the_keyboard(office: Page):
    office.goto("/gestion/telecentres/telecentre/add/", wait_until="networkidle")

    office.get_by_role("combobox", name="Commune").focus()
    office.keyboard.press("Enter")
    # The box that opens is where one types.
    expect(office.locator(".select2-container--open .select2-search__field")).to_be_focused()
    office.keyboard.type("vicdessos")
    # What Enter takes: the list shows its former rows until the answer comes.
    marked = office.locator(".select2-results__option--highlighted")
    expect(marked).to_have_text("Val-de-Sos (09)")
    office.keyboard.press("Enter")

    expect(office.get_by_role("combobox", name="Commune")).to_contain_text("Val-de-Sos")


def test_file_is_previewed_then_refused_or_taken(office: Page):
    def send(text: str) -> None:
        office.goto("/gestion/solos/solo/import/")
        file = {"name": "solos.csv", "mimeType": "text/csv", "buffer": text.encode()}
        office.get_by_label("Fichier").set_input_files(files=[file])
        office.get_by_role("button", name="Vérifier le fichier").click()

    send("Prénom;Nom;Commune (code INSEE)\nAna;Essai;99999\n")
    row = office.get_by_role("row", name=re.compile("99999"))
    expect(row).to_contain_text("ne figure pas dans nos listes")

    send("Prénom;Nom;Commune (code INSEE)\nAna;Essai;9122\n")
    office.get_by_role("button", name="Importer").click()
    expect(office.locator(".messagelist")).to_contain_text("1 ligne ajoutée")


def test_filters_are_menus_that_say_what_they_are_set_to(office: Page):
    office.goto("/gestion/solos/solo/?state__exact=published")
    state = office.locator("#changelist-filter summary").first
    expect(state).to_have_text("État : dans l’annuaire")

    state.click()
    office.keyboard.press("Escape")
    expect(office.locator("#changelist-filter details[open]")).to_have_count(0)


def test_member_signs_in_to_their_own_space_not_to_the_office(new_page: NewPage):
    page = new_page()

    sign_in(page, MEMBER, after="/espace/")
    expect(page).to_have_url(re.compile(r"/espace/$"))

    page.goto("/gestion/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("pas ouverte")
