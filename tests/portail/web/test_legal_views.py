import pytest

ADDRESSES = ["/accessibilite/", "/mentions-legales/", "/donnees-personnelles/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_default_text_names_the_agency_and_its_contact(territory, client, address):
    territory.contact_email = "agence@exemple.fr"
    territory.save()

    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main")]

    assert "Agence d’essai" in main
    assert 'href="mailto:agence@exemple.fr?subject=Solos%20' in main


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_costs_two_queries(territory, client, django_assert_num_queries, address):
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200


def test_accessibility_claims_no_conformity(territory, client):
    page = client.get("/accessibilite/").content.decode()

    assert "<strong>non conforme</strong>" in page
    assert "Défenseur des droits" in page


def test_own_texts_replace_the_default(territory, client):
    territory.legal_notice = "Notre **texte**."
    territory.privacy_notice = "Notre *vie privée*."
    territory.save()

    legal = client.get("/mentions-legales/").content.decode()
    privacy = client.get("/en/donnees-personnelles/").content.decode()

    assert "<strong>texte</strong>" in legal
    assert "Qui publie ce site" not in legal
    assert '<div lang="fr"><p>Notre <em>vie privée</em>.</p>' in privacy


@pytest.mark.parametrize("own", ["", "Notre *vie privée*."])
def test_privacy_says_what_the_flags_say_whatever_the_agency_writes(territory, client, own):
    territory.privacy_notice = own
    territory.save()

    french = client.get("/donnees-personnelles/").content.decode()
    english = client.get("/en/donnees-personnelles/").content.decode()

    for words in ("Pour les solos", "Pour les référents de village", "personnes au foyer"):
        assert words in french
    assert "Pour les personnes qui pensent à venir" not in french
    for words in ("For solos", "two years without signing in, after a notice one month before"):
        assert words in english


@pytest.mark.parametrize("address", ["/mentions-legales/", "/donnees-personnelles/"])
def test_demo_says_that_people_are_fictional(territory, client, settings, address):
    said = "Les personnes montrées ici sont fictives."
    assert said not in client.get(address).content.decode()

    settings.DEMO = True

    assert said in client.get(f"{address}?demo").content.decode()
