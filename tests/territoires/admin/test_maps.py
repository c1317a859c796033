import json
import re
from html import unescape

from django.contrib.gis.geos import Point

from territoires.admin.maps import Circle, map_of_circles, map_to_look_at


def shapes(page: str):
    found = re.search(r'data-shapes="([^"]*)"', page)
    assert found
    return json.loads(unescape(found[1]))


def test_circles_say_where_how_many_and_of_what():
    page = map_of_circles("Solos « ici »", [Circle(Point(1.6, 42.9), 3, "<b>Foix</b>, 3")])

    assert shapes(page) == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [1.6, 42.9]},
            "properties": {"count": 3, "words": "<b>Foix</b>, 3"},
        }
    ]
    assert "<b>" not in page
    assert 'aria-label="Solos « ici »"' in page


def test_point_alone_is_no_circle():
    assert shapes(map_to_look_at("Ici", point=Point(1.6, 42.9))) == [
        {"type": "Point", "coordinates": [1.6, 42.9]}
    ]
