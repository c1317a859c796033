"""A booking's extras are lines of its price."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telecentres", "0022_extras"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="bookingline",
            name="line_offered_costs_nothing",
        ),
        migrations.AddField(
            model_name="bookingline",
            name="label",
            field=models.CharField(blank=True, max_length=80, verbose_name="intitulé"),
        ),
        migrations.AlterField(
            model_name="bookingline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("price", "tarif"),
                    ("free", "offert"),
                    ("pack", "carnet"),
                    ("extra", "en plus"),
                ],
                max_length=5,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="bookingline",
            name="unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hour", "heure"),
                    ("half_day", "demi-journée"),
                    ("day", "journée"),
                    ("week", "semaine"),
                    ("month", "mois"),
                ],
                max_length=10,
                verbose_name="durée",
            ),
        ),
        migrations.AddField(
            model_name="bookingline",
            name="extra",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="telecentres.extra",
                verbose_name="extra réservé",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["price", "extra"]),
                    models.Q(("unit", "half_day"), ("unit_price", 0)),
                    _connector="OR",
                ),
                name="line_offered_costs_nothing",
                violation_error_message="Ce qui est offert ou payé d’avance ne se paie pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("extra__isnull", False),
                        ("kind", "extra"),
                        ("unit", ""),
                        models.Q(("label", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "extra"), _negated=True),
                        ("extra", None),
                        ("label", ""),
                        models.Q(("unit", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="line_of_extra_names_it",
                violation_error_message="Une ligne d’extra dit lequel, les autres une durée.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="bookingline",
            name="line_counts_something",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1), ("unit_price__gte", 0)),
                name="line_counts_something",
                violation_error_message="Une ligne compte au moins une chose.",
            ),
        ),
    ]
