"""The way in, in a real browser: doors for everyone, and an officer invited from end to end."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import address_mailed, sign_in

DOORS = [
    "/compte/connexion/",
    "/compte/connexion/code/",
    "/compte/inscription/",
    "/compte/mot-de-passe/oublie/",
]
PASSWORD = "une longue phrase de passe"


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_door_is_accessible_and_fits(
    new_page: NewPage, accessibility_report: Callable[[Page], str], path: str, prefix: str
):
    page = new_page()
    page.goto(prefix + path)
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_report(page) == "", (path, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_officer_is_invited_and_protects_their_account(
    new_page: NewPage, accessibility_report: Callable[[Page], str]
):
    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/territoires/territorygrant/add/")
    office.get_by_label("E-mail").fill("nouvelle@example.org")
    office.get_by_label("Prénom").fill("Nadège")
    office.get_by_label("Rôle").select_option("officer")
    office.get_by_label("Territoire").select_option(label="Ariège")
    office.get_by_role("button", name="Enregistrer", exact=True).click()
    link = address_mailed(office, "nouvelle@example.org", r"/compte/invitation/\S+/")

    page = new_page(width=360)
    page.goto(link)
    assert accessibility_report(page) == ""
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    expect(page).to_have_url(re.compile(r"/gestion/$"))

    page.goto("/compte/second-facteur/activer/")
    assert accessibility_report(page) == ""
    secret = page.locator(".door-secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Protéger mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    assert accessibility_report(page) == ""

    again = new_page()
    again.goto("/compte/connexion/")
    again.get_by_label("E-mail").fill("nouvelle@example.org")
    again.get_by_label("Mot de passe").fill(PASSWORD)
    again.get_by_role("button", name="Me connecter").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Votre second code")
    again.get_by_label("Code").fill(code(secret, later=1))
    again.get_by_role("button", name="Entrer").click()
    expect(again).to_have_url(re.compile(r"/gestion/$"))


def code(secret: str, *, later: int = 0) -> str:
    """What the application on the telephone shows; each serves once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
