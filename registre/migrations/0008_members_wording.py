"""The words by which a solo opens a field to the members of the network alone."""

from datetime import date

from django.db import migrations, models

FIRST = "agence-1"
SINCE = date(2026, 1, 1)
TEXT = (
    "J’accepte que les informations cochées soient montrées aux seuls membres du réseau, une fois "
    "connectés. Je peux revenir sur cet accord à tout moment : elles disparaissent dans la minute."
)
TEXT_EN = (
    "I agree that the ticked information be shown to members of the network alone, once signed in. "
    "I may withdraw this consent at any time: it disappears within a minute."
)


def write_wording(apps, schema_editor):
    model = apps.get_model("registre", "ConsentWording")
    wording = model(version=FIRST, use="members", text=TEXT, text_en=TEXT_EN, since=SINCE)
    model.objects.bulk_create([wording], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("registre", "0007_erasures_insert_only")]

    operations = [
        migrations.AlterField(
            model_name="consentwording",
            name="use",
            field=models.CharField(
                choices=[
                    ("page", "page publique"),
                    ("open_data", "données ouvertes et API"),
                    ("members", "membres du réseau"),
                    ("transmission", "transmission à un organisme"),
                ],
                max_length=12,
                verbose_name="usage",
            ),
        ),
        migrations.RunPython(write_wording, migrations.RunPython.noop),
    ]
