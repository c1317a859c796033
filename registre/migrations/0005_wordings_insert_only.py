"""Words that people agreed to are added, never rewritten: the database refuses the application."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registre", "0004_first_wordings")]

    operations = [
        migrations.RunSQL(
            "SELECT registre_make_insert_only('registre_consentwording')",
            migrations.RunSQL.noop,
        )
    ]
