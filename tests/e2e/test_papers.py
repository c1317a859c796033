"""A member takes their statement and a receipt as PDF, on a telephone and without a script."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from portail.demo.accounts import MEMBER
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in
from tests.papier.reading import lines


def taken(page: Page, link: Locator) -> list[str]:
    with page.expect_download() as download:
        link.click()
    return lines(Path(download.value.path()).read_bytes())


def test_member_takes_their_papers(new_page: NewPage):
    page = new_page(java_script_enabled=False, width=360)
    sign_in(page, MEMBER, "/espace/comptes/")
    receipt = page.get_by_role("link", name="Paiement, reçu").first
    for _month in range(6):
        if receipt.is_visible():
            break
        page.get_by_role("link", name="Mois d’avant").click()
    number = receipt.inner_text().removeprefix("Paiement, reçu ")
    left = page.locator(".bill tfoot .number").first.inner_text().replace("\xa0", " ")

    assert f"Reçu {number}" in taken(page, receipt)
    statement = taken(page, page.get_by_role("link", name="Le relevé en PDF").first)
    assert f"Reste à payer {left}" in statement
    expect(page.get_by_role("heading", name="Mes comptes")).to_be_visible()
