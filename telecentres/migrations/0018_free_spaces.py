"""A search of what is free reads two indexes by the beginning of what is occupied, and no table."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telecentres", "0017_place_facts"),
        ("territoires", "0010_no_raw_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_beginning",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_long_beginning",
        ),
        # What a generated column is made of can't be altered.
        migrations.RemoveField(model_name="booking", name="is_long"),
        migrations.AddField(
            model_name="booking",
            name="is_long",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "occupied",
                    output_field=models.BooleanField(),
                    template="(upper(%(expressions)s) - lower(%(expressions)s) > interval '14 hours')",
                ),
                output_field=models.BooleanField(),
                verbose_name="longue",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                django.db.models.functions.text.Lower("occupied"),
                models.F("space"),
                condition=models.Q(
                    ("is_long", False),
                    ("state__in", ["offered", "requested", "confirmed", "blocked"]),
                ),
                include=("occupied",),
                name="booking_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                django.db.models.functions.text.Lower("occupied"),
                models.F("space"),
                condition=models.Q(
                    ("is_long", True),
                    ("state__in", ["offered", "requested", "confirmed", "blocked"]),
                ),
                include=("occupied",),
                name="booking_long_beginning",
            ),
        ),
    ]
