"""A new territory, from the first question to its site in two languages, by a new colleague."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_accounts import PASSWORD, code
from tests.e2e.test_back_office import address_mailed, sign_in

CONTINUE = "Enregistrer et continuer"


def test_lot_is_opened_and_its_home_written_in_two_languages(
    new_page: NewPage, check: Callable[[Page], None], site: str
):
    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/installer/")
    check(office)
    office.get_by_label("Votre organisme").fill("Agence du Lot")
    office.get_by_label("Lot (46)", exact=True).check()
    office.get_by_role("button", name="Charger les communes").click()
    expect(office.get_by_text("312 communes, dont 312 sur la carte")).to_be_visible(timeout=20_000)
    check(office)
    office.get_by_role("link", name="Continuer").click()

    expect(office.get_by_label("Nom avec sa préposition")).to_have_value("dans le Lot")
    check(office)
    office.get_by_role("button", name=CONTINUE).click()
    office.get_by_label("Nom d’hôte").fill("lot.localhost")
    office.get_by_label("E-mail de contact").fill("contact@example.org")
    check(office)
    office.get_by_role("button", name=CONTINUE).click()
    office.get_by_role("button", name=CONTINUE).click()

    office.get_by_label("Couleur principale").fill("#f2c230")
    expect(office.get_by_text("#f2c230 devient")).to_be_visible()
    check(office)
    office.get_by_role("button", name=CONTINUE).click()
    check(office)
    office.get_by_role("button", name=CONTINUE).click()

    office.get_by_label("E-mail").fill("claire@example.org")
    office.get_by_label("Prénom").fill("Claire")
    office.get_by_role("button", name="Inviter").click()
    expect(office.get_by_text("Claire, administration de l’agence")).to_be_visible()
    check(office)
    office.get_by_role("link", name="Continuer").click()
    check(office)
    office.get_by_role("button", name="Ouvrir le site au public").click()
    expect(office.get_by_role("heading", name="Le site est ouvert.")).to_be_visible()
    check(office)

    link = address_mailed(office, "claire@example.org", r"/compte/invitation/\S+/")
    with override_settings(STAFF_SECOND_FACTOR=True):
        write_home(protected_account(new_page(), link))

    lot = f"http://lot.localhost:{urlsplit(site).port}"
    visitor = new_page(width=360)
    visitor.goto(f"{lot}/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Le calme et la fibre")
    visitor.goto(f"{lot}/en/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Quiet, with fibre")


def protected_account(page: Page, link: str) -> Page:
    page.goto(link)
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    page.goto("/gestion/")
    secret = page.locator(".door-secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Protéger mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    return page


def write_home(page: Page) -> None:
    page.goto("/gestion/")
    page.get_by_role("link", name="Modifier l’accueil du site").click()
    page.get_by_label("Accroche :", exact=True).fill("Le calme et la fibre")
    page.get_by_label("Accroche en anglais :", exact=True).fill("Quiet, with fibre")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
