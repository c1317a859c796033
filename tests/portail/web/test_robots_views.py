def test_robots_keep_out_of_the_back_office(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /gestion/" in answer.content.decode().splitlines()


def test_favicon_leads_to_the_icon(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Location"]) == (301, "/static/img/icon.svg")
