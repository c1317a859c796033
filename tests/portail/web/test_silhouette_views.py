from xml.etree import ElementTree

from tests.factories import CommuneContourFactory, CommuneFactory


def test_silhouette_is_a_file_in_the_territory_colour(territory, client):
    CommuneContourFactory(commune=CommuneFactory(foix=True))

    response = client.get("/silhouette.svg")
    root = ElementTree.fromstring(response.content)

    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ariege.svg"'
    assert [path.get("fill") for path in root.iter("{http://www.w3.org/2000/svg}path")] == [
        "#1f6f54"
    ]


def test_silhouette_without_contours_is_a_404(territory, client):
    assert client.get("/silhouette.svg").status_code == 404
