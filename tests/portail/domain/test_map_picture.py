from dataclasses import dataclass

from django.contrib.gis.geos import Point

from portail.domain.map_layers import commune_table
from portail.domain.map_picture import SIGN, draw_map
from tests.factories import CommuneContourFactory, CommuneFactory


@dataclass
class Placed:
    kind: str
    insee_code: str
    point: Point | None


def draw(territory, *placed: Placed):
    return draw_map(territory=territory, table=commune_table(territory), placed=placed)


def test_draw_map_without_contours_draws_nothing(territory):
    CommuneFactory()

    assert draw(territory) is None


def test_draw_map_shades_follow_the_scale_of_the_legend(territory):
    for code, population in [("09001", 50), ("09002", 90), ("09003", None), ("09004", 500)]:
        commune = CommuneFactory(insee_code=code, population=population, area_ha=1000)
        CommuneContourFactory(commune=commune)

    picture = draw(territory)

    assert commune_table(territory).density_limits == [9, 50]
    shades = {drawn.insee_code: drawn.shade for drawn in picture.communes}
    assert shades == {"09001": 1, "09002": 2, "09003": 0, "09004": 3}


def test_draw_map_signs_of_one_commune_stand_side_by_side(territory):
    foix = CommuneContourFactory(commune=CommuneFactory(foix=True)).commune

    picture = draw(
        territory,
        Placed("host", "09122", foix.centre),
        Placed("solos", "09122", foix.centre),
        Placed("open", "09001", None),
    )

    x, y = picture.frame.place(foix.centre)
    assert [(sign.kind, sign.x, sign.y) for sign in picture.signs] == [
        ("host", x - SIGN, y - SIGN),
        ("solos", x, y - SIGN),
    ]
