"""A solo from the invitation to the way out, all of it without a script; one visitor writes."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portail.demo.accounts import ADMINISTRATOR
from tests.e2e.conftest import NewPage
from tests.e2e.test_back_office import address_mailed, sign_in

EMAIL = "invite@example.org"


def test_solo_is_invited_published_found_written_to_and_gone(
    new_page: NewPage, check: Callable[[Page], None], site: str
):
    office = new_page()
    sign_in(office, ADMINISTRATOR, "/gestion/solos/solo/add/")
    office.get_by_label("Prénom").fill("Apolline")
    office.get_by_label("Nom :", exact=True).fill("Sarrazac")
    office.get_by_label("E-mail").fill(EMAIL)
    office.get_by_role("button", name="Enregistrer et continuer").click()
    office.get_by_role("button", name="Enregistrer et inviter").click()
    profile = address_mailed(office, EMAIL, r"/ma-fiche/\S+/")

    # Without a script, as on an old phone.
    solo = new_page(java_script_enabled=False, width=360)
    solo.goto(profile)
    solo.get_by_role("textbox", name="Compétences").fill("vannerie sauvage")
    for field in ("name", "skills"):
        solo.locator(f"#id_show_{field}").check()
    solo.get_by_role("checkbox", name="Reçoit des messages").check()
    solo.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(solo.get_by_role("heading", name="Apolline Sarrazac")).to_be_visible()
    solo.get_by_role("button", name="Demander la publication").click()

    visitor = new_page()
    visitor.goto("/annuaire/?q=vannerie")
    expect(visitor.get_by_text("Apolline Sarrazac")).to_have_count(0)
    office.goto("/gestion/solos/solo/?a_traiter=a-relire")
    office.get_by_role("link", name="Sarrazac Apolline").click()
    office.get_by_role("button", name="Enregistrer et publier").click()

    # The empty search may be kept for thirty seconds: another address is asked.
    visitor.goto("/annuaire/?q=vannerie+sauvage")
    visitor.get_by_role("link", name="Apolline Sarrazac").click()
    check(visitor)
    assert EMAIL not in visitor.content()
    public = visitor.url
    visitor.get_by_role("link", name="Écrire à Apolline").click()
    check(visitor)
    visitor.get_by_label("Votre nom").fill("Basile Essai")
    visitor.get_by_label("Votre e-mail").fill("basile@example.org")
    visitor.get_by_label("Votre message").fill("Faites-vous des paniers ?")
    visitor.get_by_role("button", name="Envoyer").click()
    expect(visitor.get_by_role("heading", name="Votre message est parti")).to_be_visible()

    solo.goto(profile)
    solo.get_by_text("Basile Essai").click()
    expect(solo.get_by_text("Faites-vous des paniers ?")).to_be_visible()
    solo.get_by_role("textbox", name="Compétences").fill("vannerie sauvage, osier")
    solo.get_by_role("button", name="Enregistrer", exact=True).click()
    office.goto("/gestion/solos/solo/relire/")
    expect(office.locator("ins", has_text="osier")).to_be_visible()
    office.get_by_role("button", name="Apolline Sarrazac").click()
    expect(office.get_by_role("checkbox", name="Apolline Sarrazac")).to_have_count(0)

    solo.goto(profile)
    solo.get_by_role("button", name="Tout retirer").click()
    expect(solo.get_by_text("plus rien de vous n’est public")).to_be_visible()

    gone = new_page()
    slug = public.rstrip("/").rsplit("/", 1)[1]
    for page in (f"{public}ecrire/", f"{public}signaler/", f"/api/v1/solos/{slug}/", profile):
        assert gone.request.get(page).status in {404, 410}, page
    for page in ("/annuaire/?q=sarrazac", "/recherche/?q=sarrazac", "/annuaire/annuaire.csv"):
        assert "Sarrazac" not in gone.request.get(page).text(), page
