import pytest

from tests.factories import CommuneFactory, SoloFactory, TelecentreFactory

SEARCH_QUERIES = 10


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for each in range(number):
        commune = CommuneFactory(name=f"Lavelanet {each}")
        TelecentreFactory(territory=territory, commune=commune)
        SoloFactory(territory=territory, published=True, trade_name="Lavelanet", commune=commune)

    with django_assert_num_queries(SEARCH_QUERIES):
        page = client.get("/recherche/?q=lavelanet").content.decode()

    assert f"{3 * number} résultats" in page


def test_search_without_text_invites(territory, client):
    page = client.get("/recherche/").content.decode()

    assert "les fautes de frappe sont pardonnés" in page


def test_search_without_result_offers_ways_out(territory, client):
    CommuneFactory(foix=True)

    page = client.get("/recherche/?q=foxi").content.decode()

    assert "Rien ne correspond à" in page
    assert '<a href="/communes/09122/">Foix</a>' in page
    assert 'value="foxi"' in page


@pytest.mark.parametrize("text", ["a" * 1900, "%27%22<b>", "%F0%9F%99%82", "%5C%5C", "%25_*"])
def test_search_takes_any_text(territory, client, text):
    answer = client.get(f"/recherche/?q={text}")

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_search_refuses_unreadable_characters(territory, client):
    assert client.get("/recherche/?q=%00").status_code == 400
