"""A desk booked on a telephone in three clicks and no script; a room that the manager accepts; a
place waited for, that somebody gives back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR, MEMBER, OFFICER
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import sign_in

PLACE = "/telecentres/telecentre-cap-mirabeau/"
MEETING_ROOM = "/telecentres/telecentre-cap-delta/reserver/salle/"
# There is a single one.
VIDEO_POINT = "/telecentres/telecentre-cap-delta/reserver/visio/"


def test_desk_is_booked_moved_and_given_back_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(java_script_enabled=False, width=360)
    sign_in(page, MEMBER, PLACE)

    page.get_by_role("link", name="Réserver une place").click()
    page.get_by_role("link", name="libre").last.click()
    page.get_by_role("button", name="Réserver ce créneau").click()

    expect(page.get_by_text("Confirmée")).to_be_visible()
    reference = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("link", name="Déplacer").click()
    expect(page.get_by_text(f"Vous déplacez la réservation {reference}")).to_be_visible()
    page.get_by_role("link", name="libre").first.click()
    page.get_by_role("button", name="Déplacer ici").click()
    expect(page.get_by_text("Confirmée")).to_be_visible()
    assert page.url.rstrip("/").endswith(reference)

    page.get_by_role("button", name="Annuler cette réservation").click()
    expect(page.get_by_text("Annulée")).to_be_visible()


def test_meeting_with_lunch_is_booked_at_the_price_shown_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    sign_in(page, MEMBER, MEETING_ROOM)
    page.locator(".day-strip a").last.click()
    page.get_by_role("link", name="libre").last.click()
    page.get_by_text("Changer le jour ou les heures").click()
    page.locator("input[name=personnes]").last.fill("3")
    page.get_by_role("button", name="Voir si c’est libre").click()

    page.get_by_text("Ajouter quelque chose").click()
    page.get_by_label("Plateau-repas").fill("3")
    page.get_by_label("Vidéoprojecteur").check()
    check(page)
    page.get_by_role("button", name="Demander ce créneau").click()

    expect(page.get_by_text("rien n’est encore réservé")).to_be_visible()
    check(page)
    shown = page.locator(".bill tfoot .number").inner_text()
    page.get_by_role("button", name="Demander ce créneau").click()

    expect(page.get_by_text("Demandée", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="3 × Plateau-repas")).to_be_visible()
    assert page.locator(".bill tfoot .number").inner_text() == shown
    page.get_by_role("button", name="Annuler cette demande").click()
    expect(page.get_by_text("Annulée", exact=True)).to_be_visible()


def test_desk_near_a_commune_is_found_and_booked_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    sign_in(page, MEMBER, f"{PLACE}reserver/poste/")
    last_open_day = page.locator(".day-strip a").last.get_attribute("href") or ""
    page.goto("/telecentres/")
    check(page)
    page.get_by_label("Jour").fill(re.findall(r"\d{4}-\d\d-\d\d", last_open_day)[0])
    page.get_by_label("Moment").select_option("à des heures précises")
    page.get_by_label("De :").fill("14:00")
    page.get_by_label("À :").fill("16:00")
    page.get_by_label("Près de").fill("lavelanet")
    page.get_by_role("button", name="Voir ce qui est libre").click()

    expect(page.get_by_role("heading", name="ont une place libre")).to_be_in_viewport()
    expect(page.get_by_text("près de Lavelanet")).to_be_visible()
    assert "pres=lavelanet" in page.url
    check(page)
    first = page.locator("#lieu-1")
    expect(first.get_by_role("heading")).to_contain_text("Cap Mirabeau")
    first.get_by_role("link", name="Poste en open-space").click()
    page.get_by_role("button", name="Réserver ce créneau").click()

    expect(page.get_by_text("Confirmée")).to_be_visible()
    page.go_back()
    page.goto("/telecentres/telecentre-cap-mirabeau/semaine/poste/")
    check(page)


def test_two_desks_every_week_are_booked_and_given_back_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None]
):
    page = new_page(width=360)
    sign_in(page, MEMBER, f"{PLACE}reserver/poste/")
    page.locator(".day-strip a").last.click()
    page.get_by_role("link", name="libre").last.click()
    page.get_by_text("Chaque semaine, ou à plusieurs").click()
    check(page)
    page.get_by_label("Combien de semaines").fill("6")
    page.get_by_label("Combien d’espaces en même temps").fill("2")
    page.get_by_role("button", name="Voir ce qui est libre").click()

    boxes = page.get_by_role("checkbox")
    expect(page.get_by_text("2 espaces en même temps")).to_be_visible()
    check(page)
    page.set_viewport_size({"width": 360, "height": 900})
    kept = boxes.count() - 1
    # What is left for the others stays the same.
    boxes.last.uncheck()
    page.get_by_role("button", name="Réserver ce qui est coché").click()

    expect(page.get_by_role("heading", name="Réservées ensemble")).to_be_visible()
    check(page)
    page.goto("/espace/reservations/")
    expect(page.get_by_text(f"série de {kept} dates")).to_have_count(2 * kept)
    check(page)
    page.get_by_role("article").filter(has_text="série de").first.get_by_role("link").click()
    page.get_by_role("button", name="Annuler cette date et les suivantes").click()
    expect(page.get_by_text(f"{2 * kept} réservations sont annulées.")).to_be_visible()


def test_pages_of_a_booking_are_accessible(new_page: NewPage, check: Callable[[Page], None]):
    page = new_page(width=360)
    sign_in(page, MEMBER, f"{PLACE}reserver/poste/")
    check(page)
    page.get_by_role("link", name="libre").first.click()
    check(page)
    page.goto("/espace/reservations/")
    check(page)
    page.get_by_role("article").get_by_role("link").first.click()
    check(page)
    page.goto(f"{PLACE}reserver/poste/confirmer/?jour=2020-01-01&de=09:00&a=10:00")
    expect(page.get_by_role("alert")).to_contain_text("Ce moment est déjà passé")
    check(page)


def test_manager_accepts_a_request_in_the_week(new_page: NewPage, check: Callable[[Page], None]):
    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/telecentres/booking/?a_traiter=a-repondre")
    office.locator("#result_list tbody th a").click()
    expect(office.get_by_role("button", name="Accepter")).to_be_visible()
    check(office)
    office.get_by_role("link", name="Voir dans la semaine").click()
    expect(office.get_by_text("1 demande attend votre réponse.")).to_be_visible()
    check(office)
    office.get_by_role("button", name="Accepter").click()

    expect(office.get_by_text("1 réservation est acceptée.")).to_be_visible()
    expect(office.get_by_role("button", name="Accepter")).to_have_count(0)
    office.locator(".is-free a").last.click()
    check(office)
    office.get_by_role("link", name="Fermer plutôt cet espace").click()
    check(office)


def test_place_given_back_goes_to_whoever_waits_for_it_on_a_telephone(
    new_page: NewPage, check: Callable[[Page], None]
):
    other, phone = new_page(), new_page(width=360)
    sign_in(other, OFFICER, VIDEO_POINT)
    other.locator(".day-strip a").last.click()
    other.get_by_role("link", name="libre").first.click()
    other.get_by_role("button", name="Réserver ce créneau").click()

    sign_in(phone, MEMBER, VIDEO_POINT)
    phone.locator(".day-strip a").last.click()
    phone.get_by_role("link", name="attendre une place").first.click()
    phone.get_by_role("button", name="Me prévenir si une place se libère").click()
    expect(phone.get_by_text("vous êtes en tête de la file")).to_be_visible()
    check(phone)

    other.get_by_role("button", name="Annuler cette réservation").click()
    expect(other.get_by_text("Annulée")).to_be_visible()

    phone.goto("/espace/reservations/")
    offered = phone.get_by_role("article").filter(has_text="à prendre avant")
    offered.get_by_role("link").click()
    check(phone)
    phone.set_viewport_size({"width": 360, "height": 900})
    phone.get_by_role("button", name="Prendre cette place").click()
    expect(phone.get_by_text("Confirmée")).to_be_visible()
