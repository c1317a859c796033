import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territoires", "0006_grants"),
    ]

    operations = [
        migrations.AlterField(
            model_name="commune",
            name="department",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="communes",
                to="territoires.department",
                verbose_name="département",
            ),
        ),
        migrations.AlterField(
            model_name="commune",
            name="epci",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="communes",
                to="territoires.epci",
                verbose_name="intercommunalité",
            ),
        ),
        migrations.AlterField(
            model_name="commune",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="territoires.commune",
                verbose_name="commune qui lui succède",
            ),
        ),
        migrations.AddIndex(
            model_name="commune",
            index=models.Index(fields=["epci"], name="commune_epci"),
        ),
        migrations.AddIndex(
            model_name="commune",
            index=models.Index(
                condition=models.Q(("successor", None), _negated=True),
                fields=["successor"],
                name="commune_successor",
            ),
        ),
    ]
