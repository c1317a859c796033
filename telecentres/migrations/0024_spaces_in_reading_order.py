from django.contrib.postgres.operations import CreateCollation
from django.db import migrations, models


class Migration(migrations.Migration):
    """Space 9 comes before space 10: numbers within a name are sorted as numbers."""

    dependencies = [("telecentres", "0023_extra_lines")]

    operations = [
        CreateCollation("french_numbers", provider="icu", locale="fr-u-kn-true"),
        migrations.AlterField(
            "space",
            "name",
            models.CharField(db_collation="french_numbers", max_length=80, verbose_name="nom"),
        ),
    ]
