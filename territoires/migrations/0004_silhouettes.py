"""A commune's silhouette, drawn once by the database and kept beside its contour."""

from django.db import migrations, models

# Geometry → path data of an SVG, north up, centred on 0 0 in a square of side 100. A degree of
# longitude is narrower than one of latitude by the cosine of the latitude. Details smaller than a
# hundredth of the shape are left out, so that a small commune keeps as much character as a large one.
SILHOUETTE = """
CREATE FUNCTION svg_silhouette(shape geometry) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN (
        SELECT ST_AsSVG(
            ST_TransScale(
                ST_SimplifyPreserveTopology(shape, greatest(east - west, north - south) / 100),
                -(west + east) / 2, -(south + north) / 2,
                narrowing * 100 / greatest((east - west) * narrowing, north - south, 0.000001),
                100 / greatest((east - west) * narrowing, north - south, 0.000001)
            ), 1, 1)
        FROM (
            SELECT ST_XMin(shape) AS west, ST_XMax(shape) AS east, ST_YMin(shape) AS south,
                   ST_YMax(shape) AS north,
                   cos(radians((ST_YMin(shape) + ST_YMax(shape)) / 2)) AS narrowing
        ) AS frame
    );
"""


class Migration(migrations.Migration):
    dependencies = [("territoires", "0003_departments")]

    operations = [
        migrations.RunSQL(SILHOUETTE, "DROP FUNCTION svg_silhouette(geometry)"),
        migrations.AddField(
            model_name="communecontour",
            name="silhouette",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("outline", function="svg_silhouette"),
                output_field=models.TextField(),
                verbose_name="silhouette",
            ),
        ),
    ]
