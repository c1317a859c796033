import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("telecentres", "0008_bookings"),
        ("territoires", "0010_no_raw_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_groups",
                        to="territoires.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "groupe d’ayants droit",
                "verbose_name_plural": "groupes d’ayants droit",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="space",
            name="audience",
            field=models.ManyToManyField(
                blank=True,
                help_text="Aucun : à tous.",
                related_name="spaces",
                to="telecentres.rightsgroup",
                verbose_name="réservé aux groupes",
            ),
        ),
        migrations.CreateModel(
            name="RightsMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="à partir du"
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Ce jour compris.", null=True, verbose_name="jusqu’au"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="telecentres.rightsgroup",
                        verbose_name="groupe",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="telecentre_rights",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "ayant droit",
                "verbose_name_plural": "ayants droit",
                "ordering": ["group", "-starts_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="rightsgroup",
            constraint=models.UniqueConstraint(
                fields=("territory", "name"),
                name="rights_group_name_once",
                violation_error_message="Un groupe porte déjà ce nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="rights_end_after_start",
                violation_error_message="Des droits finissent après avoir commencé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsmember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("group", "="),
                    ("user", "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_upper=True
                            ),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="rights_once_at_a_time",
                violation_error_message="Cette personne est déjà du groupe à ces dates.",
            ),
        ),
    ]
