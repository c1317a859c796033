import pytest
from django.contrib.gis.geos import Point

from territoires.domain.coordinates import BoundingBox, read_bounding_box, read_point
from territoires.domain.errors import InvalidCoordinates

NOT_NUMBERS = [
    "",
    ",,,",
    "1,2,3",
    "1,2,3,4,5",
    "1;2;3;4",
    "nan,1,2,3",
    "1,inf,2,3",
    "-Infinity,1,2,3",
    "1e0,2,3,4",
    "1_0,2,30,4",
    "0x1,2,3,4",
    "١,٢,٣,٤",
    "a,b,c,d",
    "1,2,3,",
    "1.,2,3,4",
    "POINT(1 2)",
    "9" * 400 + ",1,2,3",
]


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("1.2,42.5,2.2,43.3", BoundingBox(1.2, 42.5, 2.2, 43.3)),
        (" 1 , 42 , 2 , 43 ", BoundingBox(1, 42, 2, 43)),
        ("-180,-90,180,90", BoundingBox(-180, -90, 180, 90)),
        ("+1,42,1,42", BoundingBox(1, 42, 1, 42)),
    ],
)
def test_read_bounding_box(text, box):
    assert read_bounding_box(text) == box


def test_bounding_box_is_a_polygon_of_degrees():
    polygon = read_bounding_box("1,42,2,43").polygon

    assert (polygon.extent, polygon.srid) == ((1.0, 42.0, 2.0, 43.0), 4326)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_read_bounding_box_not_four_numbers(text):
    with pytest.raises(InvalidCoordinates, match=r"^Donnez quatre nombres"):
        read_bounding_box(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2,42,1,43", r"^L’ouest dépasse l’est"),
        ("1,43,2,42", r"^Le sud dépasse le nord"),
        ("1,42,181,43", r"^Une longitude va de -180 à 180"),
        ("1,-91,2,43", r"^Une longitude va de -180 à 180"),
        ("1,42,2,1000", r"^Donnez quatre nombres|^Une longitude"),
    ],
)
def test_read_bounding_box_impossible(text, sentence):
    with pytest.raises(InvalidCoordinates, match=sentence):
        read_bounding_box(text)


def test_read_point():
    assert read_point("1.6053,42.9658") == Point(1.6053, 42.9658, srid=4326)


@pytest.mark.parametrize("text", [*NOT_NUMBERS, "1", "1,2,3,4", "nan,1", "1,inf"])
def test_read_point_not_two_numbers(text):
    with pytest.raises(InvalidCoordinates, match=r"^Donnez deux nombres"):
        read_point(text)


@pytest.mark.parametrize("text", ["181,0", "0,91", "42.9,-999"])
def test_read_point_outside_the_world(text):
    with pytest.raises(InvalidCoordinates, match=r"^Une longitude"):
        read_point(text)
