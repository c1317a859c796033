"""A visitor saves a search, confirms it from the mail and stops it, all of it without a script."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import address_mailed, sign_in

EMAIL = "curieuse@example.org"


def test_visitor_saves_confirms_and_stops_an_alert(
    new_page: NewPage, check: Callable[[Page], None], site: str
):
    visitor = new_page(java_script_enabled=False, width=360)
    visitor.goto("/annuaire/?q=apiculture")
    visitor.get_by_role("link", name="Être prévenu·e par e-mail").click()
    expect(visitor.get_by_text("«\u00a0apiculture\u00a0»")).to_be_visible()
    visitor.get_by_label("Votre e-mail").fill(EMAIL)
    visitor.get_by_role("button", name="Créer l’alerte").click()
    expect(visitor.get_by_role("heading", name="Regardez votre boîte")).to_be_visible()

    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/")
    link = address_mailed(office, EMAIL, r"/alertes/\S+/confirmer/")

    visitor.goto(link)
    visitor.get_by_role("button", name="Confirmer").click()
    expect(visitor.get_by_role("heading", name="C’est noté")).to_be_visible()
    visitor.goto(link.replace("confirmer", "arreter"))
    visitor.get_by_role("button", name="Arrêter").click()
    expect(visitor.get_by_role("heading", name="Cette alerte est arrêtée")).to_be_visible()

    sighted = new_page()
    for page in ("/alertes/?q=apiculture", link, link.replace("confirmer", "arreter")):
        sighted.goto(page)
        check(sighted)
