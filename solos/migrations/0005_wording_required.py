import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("solos", "0004_consents_name_their_wording")]

    operations = [
        migrations.AlterField(
            model_name="fieldconsent",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.consentwording",
                verbose_name="texte accepté",
            ),
        ),
        # With an empty default, for whoever would undo this.
        migrations.AlterField(
            model_name="fieldconsent",
            name="wording_version",
            field=models.CharField(
                default="", max_length=20, verbose_name="version du texte accepté"
            ),
        ),
        migrations.RemoveField(model_name="fieldconsent", name="wording_version"),
    ]
