import pytest

from territoires.models import Territory
from tests.factories import CommuneContourFactory, CommuneFactory, SoloFactory


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
