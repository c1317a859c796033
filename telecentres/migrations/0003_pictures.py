import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0002_portraits"),
        ("telecentres", "0002_grants"),
    ]

    operations = [
        migrations.RemoveConstraint("telecentre", "telecentre_photo_described"),
        migrations.RenameField("telecentre", "photo", "photo_file"),
        migrations.RenameField("historicaltelecentre", "photo", "photo_file"),
        migrations.AddField(
            "telecentre",
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
            "historicaltelecentre",
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
    ]
