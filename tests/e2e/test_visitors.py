"""Someone without account books on a telephone, confirms from the mail, moves and cancels: all of
it without a script."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import address_mailed, sign_in

PLACE = "/telecentres/coworking-de-mirepoix/"
EMAIL = "zoe.passante@example.org"


def test_visitor_books_confirms_moves_and_cancels_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None], site: str
):
    visitor = new_page(java_script_enabled=False, width=360)
    visitor.goto(PLACE)
    visitor.get_by_role("link", name="Réserver une place").click()
    visitor.get_by_role("link", name="libre").last.click()
    slot = visitor.url
    visitor.get_by_label("Votre prénom").fill("Zoé")
    visitor.get_by_label("Votre nom").fill("Passante")
    visitor.get_by_label("Votre e-mail").fill(EMAIL)
    visitor.get_by_role("button", name="Réserver ce créneau").click()
    expect(visitor.get_by_role("heading", name="Regardez votre boîte")).to_be_visible()
    sent = visitor.url

    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/")
    link = address_mailed(office, EMAIL, r"/reservations/\S+/confirmer/")
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="Prix")).to_be_visible()
    sighted = new_page()
    for page in (slot, sent, link):
        sighted.goto(page)
        check(sighted)
    visitor.get_by_role("button", name="Confirmer").click()
    expect(visitor.get_by_text("Confirmée")).to_be_visible()

    followed = address_mailed(office, EMAIL, r"/reservations/[^/\s]+/")
    visitor.goto(followed)
    visitor.get_by_role("link", name="Déplacer").click()
    visitor.get_by_role("link", name="libre").first.click()
    visitor.get_by_role("button", name="Déplacer ici").click()
    expect(visitor.get_by_text("Confirmée")).to_be_visible()
    for page in (followed, link, "/reservations/inconnue/"):
        sighted.goto(page)
        check(sighted)
    visitor.get_by_role("button", name="Annuler cette réservation").click()
    expect(visitor.get_by_text("Annulée")).to_be_visible()
