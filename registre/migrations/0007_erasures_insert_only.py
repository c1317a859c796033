"""The ledger of erasures is added to, never rewritten: the database refuses the application."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registre", "0006_erasure")]

    operations = [
        migrations.RunSQL(
            "SELECT registre_make_insert_only('registre_erasure')", migrations.RunSQL.noop
        )
    ]
