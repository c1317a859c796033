import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telecentres", "0013_offered_bookings"),
        ("territoires", "0010_no_raw_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "bureau fermé"),
                            ("desk", "poste en open-space"),
                            ("meeting_room", "salle de réunion"),
                            ("video_point", "point visio"),
                            ("workshop", "atelier"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(default=1, verbose_name="personnes")),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandé le"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "dans la file"),
                            ("offered", "place proposée"),
                            ("taken", "place prise"),
                            ("left", "a renoncé"),
                            ("lapsed", "n’a pas répondu"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
            ],
            options={
                "verbose_name": "attente",
                "verbose_name_plural": "liste d’attente",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="wait",
            name="booking",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wait",
                to="telecentres.booking",
                verbose_name="place proposée",
            ),
        ),
        migrations.AddField(
            model_name="wait",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waits",
                to=settings.AUTH_USER_MODEL,
                verbose_name="qui attend",
            ),
        ),
        migrations.AddField(
            model_name="wait",
            name="telecentre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waits",
                to="telecentres.telecentre",
                verbose_name="télécentre",
            ),
        ),
        migrations.AddField(
            model_name="wait",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waits",
                to="territoires.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "offered"])),
                fields=("holder", "telecentre", "kind", "period"),
                name="wait_once_for_one_slot",
                violation_error_message="Cette personne attend déjà une place à ce moment-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inc", True),
                    ("period__lower_inf", False),
                    ("period__upper_inc", False),
                    ("period__upper_inf", False),
                ),
                name="wait_begins_and_ends",
                violation_error_message="Une attente a un début, et une fin après lui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gte", 1)),
                name="wait_for_someone",
                violation_error_message="Une attente est pour une personne au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booking", None), ("state", "waiting")),
                    ("state", "left"),
                    models.Q(
                        ("booking__isnull", False), ("state__in", ["offered", "taken", "lapsed"])
                    ),
                    _connector="OR",
                ),
                name="wait_is_offered_what_is_held",
                violation_error_message="Une place proposée est gardée par une réservation.",
            ),
        ),
    ]
