import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0002_portraits"),
        ("solos", "0008_first_verified"),
    ]

    operations = [
        migrations.RenameField("solo", "photo", "photo_file"),
        migrations.RenameField("historicalsolo", "photo", "photo_file"),
        migrations.AddField(
            "solo",
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
    ]
