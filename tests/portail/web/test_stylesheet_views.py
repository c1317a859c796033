from tests.factories import TerritoryFactory


def test_territory_stylesheet_carries_the_brand(territory, client):
    territory.brand_colour = "#1d5c4a"
    territory.save()

    response = client.get("/territoire.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand:#1d5c4a;" in response.content.decode()
    assert not response.has_header("Vary") or "Cookie" not in response["Vary"]


def test_territory_stylesheet_differs_by_host(territory, client):
    TerritoryFactory(host_name="gers.localhost", brand_colour="#7a1f3d")

    ours = client.get("/territoire.css").content
    theirs = client.get("/territoire.css", headers={"host": "gers.localhost"}).content

    assert b"--brand:#7a1f3d;" in theirs
    assert ours != theirs


def test_home_asks_for_a_new_address_when_colours_change(territory, client):
    def address() -> str:
        page = client.get("/").content.decode()
        return page.partition('href="/territoire.css?v=')[2][:8]

    before = address()
    territory.brand_colour = "#123456"
    territory.save()
    from django.core.cache import cache

    cache.clear()

    assert before != address()
