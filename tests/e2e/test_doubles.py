"""Someone typed in twice, without a script: warned of, compared, made one again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in

ADD = "/gestion/solos/solo/add/"


def type_in(office: Page, first_name: str, last_name: str, email: str = "") -> None:
    office.goto(ADD)
    office.get_by_label("Prénom").fill(first_name)
    office.get_by_label("Nom :", exact=True).fill(last_name)
    office.get_by_label("E-mail").fill(email)
    office.get_by_role("button", name="Enregistrer", exact=True).click()


def test_solo_typed_twice_is_warned_of_and_made_one(
    new_page: NewPage, check: Callable[[Page], None], site: str
):
    office = new_page(java_script_enabled=False)
    sign_in(office, ADMINISTRATOR, ADD)
    type_in(office, "Philiberte", "Quintrand", "philiberte@example.org")
    expect(office.locator(".messagelist")).to_contain_text("Philiberte Quintrand")

    type_in(office, "Quintrand", "Philibèrte")
    warning = office.locator(".errorlist.nonfield")
    expect(warning.get_by_role("link", name="Philiberte Quintrand")).to_be_visible()
    office.get_by_role("checkbox", name="C’est quelqu’un d’autre").check()
    office.get_by_role("button", name="Enregistrer", exact=True).click()

    office.goto("/gestion/solos/possibledouble/?a_traiter=a-comparer&q=quintrand")
    office.get_by_role("link", name="Philiberte Quintrand").click()
    looked_at = new_page(width=360)
    sign_in(looked_at, ADMINISTRATOR, office.url)
    check(looked_at)
    office.get_by_role("button", name="Réunir les deux fiches").click()

    expect(office.locator(".messagelist")).to_contain_text("n’en font plus qu’une")
    office.goto("/gestion/solos/solo/?q=quintrand")
    expect(office.locator("#result_list tbody tr")).to_have_count(1)
