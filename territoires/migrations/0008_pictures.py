import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0002_portraits"),
        ("territoires", "0007_indexes_that_are_read"),
    ]

    operations = [
        migrations.RemoveConstraint("hostvillage", "village_photo_described"),
        migrations.RenameField("hostvillage", "photo", "photo_file"),
        migrations.RenameField("historicalhostvillage", "photo", "photo_file"),
        migrations.AddField(
            "hostvillage",
            "photo",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="images.picture",
                verbose_name="photo",
            ),
        ),
        migrations.AddField(
            "historicalhostvillage",
            "photo",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="images.picture",
                verbose_name="photo",
            ),
        ),
        migrations.RemoveConstraint("territory", "territory_logo_described"),
        migrations.RenameField("territory", "logo", "logo_file"),
        migrations.RenameField("historicalterritory", "logo", "logo_file"),
        migrations.AddField(
            "territory",
            "logo",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="images.picture",
                verbose_name="logo",
            ),
        ),
        migrations.AddField(
            "historicalterritory",
            "logo",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="images.picture",
                verbose_name="logo",
            ),
        ),
    ]
