import pytest

from territoires.models import Territory
from tests.factories import CommuneContourFactory, CommuneFactory, PageFactory, SoloFactory


@pytest.fixture
def described(territory) -> Territory:
    territory.tagline = "Votre métier, nos montagnes"
    territory.tagline_en = "Your job, our mountains"
    territory.introduction = "Venez **voir**."
    territory.save()
    return territory


def test_home_in_french(described, client):
    page = client.get("/").content.decode()

    assert "<h1>Votre métier, nos montagnes</h1>" in page
    assert "<strong>voir</strong>" in page
    assert '<html lang="fr">' in page


def test_home_in_english_says_which_text_is_french(described, client):
    page = client.get("/en/").content.decode()

    assert "<h1>Your job, our mountains</h1>" in page
    assert '<div lang="fr"><p>Venez <strong>voir</strong>.</p>' in page
    assert '<html lang="en">' in page


def test_home_is_kept_for_visitors_only(described, client, officer_client):
    visitor = client.get("/")
    officer = officer_client.get("/")

    assert visitor["Cache-Control"] == "public, max-age=30"
    assert visitor.cookies == {}
    assert set(officer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_home_leads_newcomers_to_their_page_from_the_first_card_and_the_foot(described, client):
    assert "venir-s-installer" not in client.get("/").content.decode()

    page = PageFactory(territory=described, menu="header", slug="venir-s-installer")
    body = client.get("/?neuf").content.decode()

    link = f'href="{page.get_absolute_url()}"'
    first = body[body.index('class="way"') : body.index("Parcourir l’annuaire")]
    foot = body[body.index("site-footer-grid") :]
    assert (first.count(link), foot.count(link)) == (1, 1)


def test_menu_leads_to_the_members_space_for_everybody(described, client, officer_client):
    for visitor in (client, officer_client):
        body = visitor.get("/").content.decode()
        header = body[body.index("<header") : body.index("</header>")]
        assert header.count('href="/espace/"') == 2


def test_home_draws_the_territory(described, client):
    CommuneContourFactory(commune=CommuneFactory(foix=True))

    page = client.get("/").content.decode()

    assert page.count('class="d1"') == 1


def test_home_kept_page_forgets_within_half_a_minute(described, client, time_machine):
    SoloFactory(territory=described, published=True, last_name="Sentinelle")
    time_machine.move_to("2026-06-01 12:00:00+00:00", tick=False)
    assert "Sentinelle" in client.get("/").content.decode()

    described.solos.all().delete()

    time_machine.move_to("2026-06-01 12:00:31+00:00", tick=False)
    assert "Sentinelle" not in client.get("/").content.decode()
