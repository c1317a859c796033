import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from territoires.models import Commune
from tests.factories import CommuneContourFactory, CommuneFactory


def test_communes_sort_as_the_french_do(db):
    for name in ["Zuani", "Eycheil", "Élie", "Buzan", "Bédeilhac"]:
        CommuneFactory(name=name, sort_name=name)

    assert list(Commune.objects.values_list("name", flat=True)) == [
        "Bédeilhac",
        "Buzan",
        "Élie",
        "Eycheil",
        "Zuani",
    ]


@pytest.mark.parametrize(
    ("latitude", "width"),
    [pytest.param(0, 100, id="on the equator"), pytest.param(60, 50, id="where degrees are half")],
)
def test_silhouette_is_framed_in_a_square_of_a_hundred(db, latitude, width):
    outline = MultiPolygon(Polygon.from_bbox((1, latitude - 0.1, 1.2, latitude + 0.1)), srid=4326)
    contour = CommuneContourFactory(outline=outline)

    contour.refresh_from_db()

    half = width // 2
    assert contour.silhouette == f"M -{half} 50 l 0 -100 {width} 0 0 100 z"
