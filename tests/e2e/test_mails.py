"""Mails in the back-office, under its security policy: read as received, and worded anew."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in


def test_mail_is_read_in_its_frame(new_page: NewPage, check: Callable[[Page], None]):
    page = new_page()
    sign_in(page, ADMINISTRATOR, "/gestion/courrier/outgoingmail/")
    page.locator("#result_list tbody th a").first.click()

    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("heading", level=1)).to_contain_text("vos nouvelles du")
    news = mail.get_by_role("link", name="Le prochain rendez-vous")
    expect(news).to_have_attribute("href", re.compile(r"//ariege\.localhost.*/accueil/event/"))
    check(page)


def test_message_is_worded_anew_and_seen_at_once(new_page: NewPage, check: Callable[[Page], None]):
    page = new_page()
    sign_in(page, ADMINISTRATOR, "/gestion/courrier/mailtemplate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Textes des e-mails")
    check(page)
    page.get_by_role("link", name="Résumé du jour").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    page.get_by_label("Objet :", exact=True).fill("Du neuf le {{ jour }} {{ x.__class__ }}")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.locator(".errorlist").last).to_contain_text("{{ jour }}, {{ nouvelles }}")

    page.get_by_label("Objet :", exact=True).fill("Du neuf le {{ jour }}")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    heading = page.frame_locator("iframe").first.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Du neuf le")
    check(page)
