import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("telecentres", "0010_prices"),
        ("territoires", "0010_no_raw_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("independent", "indépendant"), ("employee", "salarié")],
                        max_length=12,
                        verbose_name="statut",
                    ),
                ),
                ("trade", models.CharField(blank=True, max_length=100, verbose_name="métier")),
                (
                    "employer",
                    models.CharField(blank=True, max_length=120, verbose_name="employeur"),
                ),
                (
                    "enrolled_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="inscrit le"
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="parti le")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="territoires.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="territoires.territory",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription au réseau",
                "verbose_name_plural": "inscriptions au réseau",
                "ordering": ["-enrolled_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("programme", "user"),
                        name="enrolled_once_at_a_time",
                        violation_error_message="Cette personne est déjà inscrite à ce programme.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None),
                            ("left_on__gte", models.F("enrolled_on")),
                            _connector="OR",
                        ),
                        name="enrolment_ends_after_start",
                        violation_error_message="On part après s’être inscrit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer", ""), ("status", "employee"), _connector="OR"
                        ),
                        name="enrolment_employer_of_employee",
                        violation_error_message="Seul un salarié a un employeur.",
                    ),
                ],
            },
        ),
    ]
