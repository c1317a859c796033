from django.contrib.gis.geos import Point

from territoires.domain.drawing import draw_territory, outline_territory, path_in_frame
from tests.factories import CommuneContourFactory, CommuneFactory, TerritoryFactory


def test_draw_territory_without_contour_is_none(territory):
    CommuneFactory()

    assert draw_territory(territory) is None
    assert outline_territory(territory) is None


def test_draw_territory_two_squares_share_their_border(territory):
    for number, (code, population) in enumerate({"09001": 10, "09002": 1000}.items()):
        CommuneContourFactory(
            commune__insee_code=code,
            commune__population=population,
            commune__centre=Point(1.5 + number * 0.02, 43, srid=4326),
        )

    drawing = draw_territory(territory)

    assert [(shape.insee_code, shape.shade) for shape in drawing.shapes] == [
        ("09001", 1),
        ("09002", 2),
    ]
    # Two squares of 0.02° side by side: 1,000 wide, and half of it over cos 43° high.
    assert (drawing.width, drawing.height) == (1000, 684)
    assert [shape.path for shape in drawing.shapes] == [
        "M 0 684 l 0 -684 500 0 0 684 z",
        "M 500 684 l 0 -684 500 0 0 684 z",
    ]
    assert drawing.frame.place(Point(1.51, 43, srid=4326)) == (500, 342)


def test_draw_territory_shades_no_unknown_density(territory):
    for code, population in {"09001": 10, "09002": None, "09003": 1000}.items():
        CommuneContourFactory(commune__insee_code=code, commune__population=population)

    assert [shape.shade for shape in draw_territory(territory).shapes] == [1, 0, 2]


def test_draw_territory_leaves_out_other_territories(territory):
    CommuneContourFactory(commune__insee_code="09001")
    elsewhere = TerritoryFactory(name="Gers")

    assert len(draw_territory(territory).shapes) == 1
    assert draw_territory(elsewhere) is None


def test_outline_territory_drops_the_inner_border(territory):
    for number in range(2):
        CommuneContourFactory(
            commune__insee_code=f"0900{number}",
            commune__centre=Point(1.5 + number * 0.02, 43, srid=4326),
        )

    outline = outline_territory(territory)

    assert outline.path.count("M") == 1


def test_path_in_frame_without_contour_is_empty(territory):
    CommuneContourFactory(commune__insee_code="09001")
    bare = CommuneFactory(insee_code="09002")

    assert path_in_frame(bare, outline_territory(territory).frame) == ""
