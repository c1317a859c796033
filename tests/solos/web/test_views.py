import re
from urllib.parse import quote

import pytest
from django.test import Client

from solos.enums import PublicField, SoloState
from solos.models import CountedSearch, Solo
from tests.factories import (
    CommuneFactory,
    FormerAddressFactory,
    SectorFactory,
    SoloFactory,
    TerritoryFactory,
    TradeFactory,
    UserFactory,
)

DIRECTORY_QUERIES = 8
PROFILE_QUERIES = 7


def names(page: str) -> list[str]:
    """The cards of a page, by the name they show."""
    return re.findall(r'class="card-link" href="/(?:en/)?annuaire/[^"]+/">([^<]+)<', page)


def get(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_directory_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    SoloFactory.create_batch(number, territory=territory, published=True)

    with django_assert_num_queries(DIRECTORY_QUERIES):
        page = get(client, "/annuaire/")

    assert len(names(page)) == number


def test_directory_empty_says_what_to_do(territory, client):
    page = get(client, "/annuaire/")

    assert names(page) == []
    assert "L’annuaire s’ouvre bientôt" in page


def test_directory_without_result_says_what_to_change(territory, client):
    SoloFactory(territory=territory, published=True)

    by_words, by_filter = get(client, "/annuaire/?q=zzzz"), get(client, "/annuaire/?statut=founder")

    assert "Aucun solo" in by_words
    assert ("filtre de moins" in by_words, "filtre de moins" in by_filter) == (False, True)


def test_directory_tells_who_lives_here_whom_to_ask(territory, client):
    assert "Demandez votre fiche" not in get(client, "/annuaire/")

    territory.contact_email = "agence@exemple.fr"
    territory.save()
    page = get(client, "/annuaire/?page=1")

    assert 'href="mailto:agence@exemple.fr?subject=Entrer%20dans' in page


def test_directory_shows_the_published_of_this_territory_only(territory, client):
    other = TerritoryFactory(host_name="gers.localhost")
    SoloFactory(territory=territory, published=True, first_name="Ana", last_name="Ici")
    SoloFactory(territory=territory, first_name="Ana", last_name="Cachée")
    SoloFactory(territory=other, published=True, first_name="Ana", last_name="Ailleurs")

    assert names(get(client, "/annuaire/")) == ["Ana Ici"]
    assert names(get(client, "/annuaire/", host="gers.localhost")) == ["Ana Ailleurs"]


def test_directory_filters_from_the_address(territory, client):
    foix = CommuneFactory(foix=True)
    SoloFactory(territory=territory, published=True, commune=foix, last_name="Delmas")
    SoloFactory(territory=territory, published=True, last_name="Rumeau")

    page = get(client, "/annuaire/?q=&commune=09122")

    assert names(page) == ["Claude Delmas"]
    assert '<option value="09122" selected>Foix (1)</option>' in page
    assert names(get(client, "/annuaire/?commune=09122&statut=employee")) == []


def test_directory_says_when_it_only_resembles(territory, client):
    SoloFactory(territory=territory, published=True, last_name="Delmas")

    page = get(client, "/annuaire/?q=delmass")

    assert names(page) == ["Claude Delmas"]
    assert "Rien ne correspond exactement" in page


def test_directory_pages_twenty_by_twenty(territory, client):
    SoloFactory.create_batch(21, territory=territory, published=True)

    assert len(names(get(client, "/annuaire/"))) == 20
    assert len(names(get(client, "/annuaire/?page=2"))) == 1


@pytest.mark.parametrize(
    "page", ["abc", "-1", "0", "1e9", "999999999999999999999", "9" * 1900, "²"]
)
def test_directory_absurd_page_falls_back(territory, client, page):
    SoloFactory(territory=territory, published=True)

    assert len(names(get(client, f"/annuaire/?page={page}"))) == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 1900,
        "q=%27%22%3C%3E%28%29%26%7C%21%3A*",
        "q=%5C&secteur=%25&metier=__&commune=🙂&intercommunalite=x&statut=1",
        "q=%E2%80%AE&q=deux",
        "secteur=" + "x" * 1900,
        "commune=09122&commune=09123",
    ],
)
def test_directory_takes_any_text(territory, client, query):
    SoloFactory(territory=territory, published=True)

    assert names(get(client, f"/annuaire/?{query}")) == []


def test_directory_refuses_unreadable_characters(territory, client):
    assert client.get("/annuaire/?q=%00").status_code == 400
    assert client.get(f"/annuaire/?q={'a' * 10_000}").status_code == 414


def test_directory_escapes_what_was_typed(territory, client):
    page = get(client, "/annuaire/?q=<b>&secteur=<script>alert(1)</script>")

    assert "<b>" not in page
    assert "<script>alert" not in page


def test_directory_part_for_htmx(territory, client):
    SoloFactory(territory=territory, published=True)

    address = "/annuaire/?q=&secteur=numerique&page=7"

    part = client.get(address, headers={"HX-Request": "true"})
    whole = client.get(address)

    assert part["HX-Push-Url"] == "/annuaire/?secteur=numerique"
    assert "<html" not in part.content.decode()
    assert len(names(part.content.decode())) == 1
    assert "<html" in whole.content.decode()


def test_directory_in_english(territory, client):
    SoloFactory(territory=territory, published=True)
    french_only = TradeFactory(
        slug="taille",
        name="Taille de pierre",
        name_en="",
        sector=SectorFactory(slug="bati", name="Bâti"),
    )
    SoloFactory(territory=territory, published=True, trade=french_only)

    page = get(client, "/en/annuaire/")

    assert '<p class="card-kicker">Web development</p>' in page
    assert '<p class="card-kicker"><span lang="fr">Taille de pierre</span></p>' in page
    assert '<option value="numerique">Digital (1)</option>' in page
    assert '<option value="taille" lang="fr">Taille de pierre (1)</option>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_solo_costs_the_same_whatever_its_neighbours(
    territory, client, django_assert_num_queries, number
):
    solo = SoloFactory(territory=territory, published=True)
    SoloFactory.create_batch(number, territory=territory, published=True)

    with django_assert_num_queries(PROFILE_QUERIES):
        page = get(client, f"/annuaire/{solo.slug}/")

    assert len(names(page)) == number


def test_solo_shows_what_was_agreed_to(territory, client):
    solo = SoloFactory(
        territory=territory,
        published=True,
        first_name="Ana",
        last_name="Ruiz",
        trade_name="Atelier Ruiz",
        skills=["affiches", "livres"],
        languages=["fr", "es"],
        presentation="Je **dessine**.<script>alert(1)</script>",
        website="https://exemple.fr/ruiz",
        phone="+33561000000",
        email="ana@exemple.fr",
        work_place="home",
        offers="Des stages",
        seeks="Un atelier",
        arrived_in=2019,
        came_from="Lille",
    )

    page = get(client, f"/annuaire/{solo.slug}/")

    assert "<h1>Ana Ruiz</h1>" in page
    assert "<strong>dessine</strong>" in page
    assert "<script>alert" not in page
    for shown in [
        "Atelier Ruiz", ">affiches</a></li>", "français, espagnol", "chez soi", "Des stages",
        "Un atelier", "<dd>2019</dd>", "Lille", "indépendant·e", "Développement web",
        'href="https://exemple.fr/ruiz"', 'href="tel:+33-5-61-00-00-00"',
        'href="mailto:ana@exemple.fr"', f'href="/communes/{solo.commune_id}/"',
    ]:  # fmt: skip
        assert shown in page, shown


def test_solo_without_public_contact_offers_the_agency(territory, client):
    territory.contact_email = "agence@exemple.fr"
    territory.save()
    solo = SoloFactory(
        territory=territory, published=True, published_fields=[PublicField.NAME], email="a@b.fr"
    )

    page = get(client, f"/annuaire/{solo.slug}/")

    assert "a@b.fr" not in page
    subject = quote(f"Pour {solo.name}")
    assert f'href="mailto:agence@exemple.fr?subject={subject}">Écrire à l’équipe' in page
    assert "n’affiche pas ses coordonnées" in page


@pytest.mark.parametrize("state", [state for state in SoloState if state != SoloState.PUBLISHED])
def test_solo_not_published_is_the_same_404_as_unknown(territory, client, state):
    solo = SoloFactory(
        territory=territory,
        state=state,
        published_fields=[] if state == SoloState.WITHDRAWN else list(PublicField),
    )

    hidden = client.get(f"/annuaire/{solo.slug}/")
    unknown = client.get(f"/annuaire/{'x' * len(solo.slug)}/")

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(solo.slug.encode(), b"") == unknown.content.replace(
        b"x" * len(solo.slug), b""
    )


def test_solo_of_another_territory_is_unknown(territory, client):
    solo = SoloFactory(territory=TerritoryFactory(), published=True)

    assert client.get(f"/annuaire/{solo.slug}/").status_code == 404
    assert Solo.objects.published().count() == 1


def test_csv_follows_the_search(client, territory):
    SoloFactory(territory=territory, published=True, first_name="Ana", skills=["cartes"])
    SoloFactory(territory=territory, published=True, first_name="Luc")
    SoloFactory(territory=territory, published=True, first_name="Eva", open_fields=[])
    SoloFactory(territory=TerritoryFactory(), published=True, first_name="Zoé")
    page = client.get("/annuaire/?competence=cartes").content.decode()
    assert 'href="/annuaire/annuaire.csv?competence=cartes"' in page

    everyone = client.get("/annuaire/annuaire.csv")
    skilled = client.get("/annuaire/annuaire.csv?competence=cartes").getvalue().decode()

    assert everyone["Content-Type"] == "text/csv; charset=utf-8"
    assert everyone["Cache-Control"] == "private, no-store"
    text = everyone.getvalue().decode()
    assert [name for name in ("Ana", "Luc", "Eva", "Zoé") if name in text] == ["Ana", "Luc"]
    assert [name for name in ("Ana", "Luc") if name in skilled] == ["Ana"]


def test_skill_leads_to_those_who_share_it(client, territory):
    SoloFactory(territory=territory, published=True, slug="ana", skills=["C & C++"])

    page = client.get("/annuaire/ana/").content.decode()

    assert "/annuaire/?competence=C%20%26%20C%2B%2B" in page


# ---- Counted ----------------------------------------------------------------------------------
def test_search_is_counted_once_a_page_made(territory, client):
    SoloFactory.create_batch(21, territory=territory, published=True, offers="De la laine")

    for query in ("", "q=laine", "q=laine&page=2", "q=lainne", "page=1"):
        get(client, f"/annuaire/?{query}")
    get(client, "/annuaire/?q=fer", **{"HX-Request": "true"})
    client.head("/annuaire/?q=bois")

    counted = CountedSearch.objects.order_by("words").values_list("words", "asked", "results")
    assert list(counted) == [("fer", 1, 0), ("laine", 1, 21), ("lainne", 1, 0)]


def test_page_kept_whole_is_counted_once(territory, client):
    """What the docstring of solos.domain.searches owns up to."""
    for _visit in range(3):
        get(client, "/annuaire/?q=laine")

    assert CountedSearch.objects.get().asked == 1


def test_search_that_only_resembles_is_counted_as_found_by_nobody(territory, client):
    SoloFactory(territory=territory, published=True, trade_name="Menuiserie")

    page = get(client, "/annuaire/?q=menuizerie")

    assert len(names(page)) == 1
    assert CountedSearch.objects.get().results == 0


def test_search_of_the_team_is_not_counted(territory, officer_client):
    get(officer_client, "/annuaire/?q=laine")
    member = Client()
    member.force_login(UserFactory())
    get(member, "/annuaire/?q=laine")

    assert CountedSearch.objects.get().asked == 1


# ---- An address of before ----------------------------------------------------------------------
def test_address_of_a_merged_record_leads_to_the_page(territory, client):
    solo = SoloFactory(territory=territory, slug="ana-ruiz", published=True)
    FormerAddressFactory(solo=solo, slug="anna-ruiz")

    answer = client.get("/annuaire/anna-ruiz/")

    assert (answer.status_code, answer["Location"]) == (301, "/annuaire/ana-ruiz/")


def test_address_of_a_merged_record_says_nothing_of_who_is_not_public(territory, client):
    hidden = SoloFactory(territory=territory)
    elsewhere = FormerAddressFactory(solo__published=True, slug="ailleurs")
    FormerAddressFactory(solo=hidden, slug="cachee")

    assert elsewhere.territory != territory
    for slug in ("cachee", "ailleurs", "personne"):
        assert client.get(f"/annuaire/{slug}/").status_code == 404


def test_page_in_use_comes_before_an_address_of_before(territory, client):
    FormerAddressFactory(solo=SoloFactory(territory=territory, published=True), slug="ana-ruiz")
    SoloFactory(territory=territory, slug="ana-ruiz", published=True)

    assert client.get("/annuaire/ana-ruiz/").status_code == 200
