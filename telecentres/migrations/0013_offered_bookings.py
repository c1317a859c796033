import django.contrib.postgres.constraints
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telecentres", "0012_payments")]

    operations = [
        migrations.RemoveConstraint(
            model_name="booking",
            name="booking_alone_in_its_space",
        ),
        migrations.RemoveConstraint(
            model_name="booking",
            name="booking_request_has_deadline",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_beginning",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_long_beginning",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_to_answer",
        ),
        migrations.AlterField(
            model_name="booking",
            name="state",
            field=models.CharField(
                choices=[
                    ("offered", "proposée"),
                    ("requested", "demandée"),
                    ("confirmed", "confirmée"),
                    ("blocked", "espace fermé"),
                    ("refused", "refusée"),
                    ("expired", "restée sans réponse"),
                    ("cancelled", "annulée"),
                ],
                default="confirmed",
                max_length=10,
                verbose_name="état",
            ),
        ),
        migrations.AlterField(
            model_name="bookingchange",
            name="act",
            field=models.CharField(
                choices=[
                    ("offered", "proposé à la file d’attente"),
                    ("declined", "décliné"),
                    ("lapsed", "proposition reprise"),
                    ("booked", "réservé"),
                    ("requested", "demandé"),
                    ("blocked", "fermé par le gestionnaire"),
                    ("approved", "accepté"),
                    ("refused", "refusé"),
                    ("expired", "resté sans réponse"),
                    ("moved", "déplacé"),
                    ("cancelled", "annulé"),
                ],
                max_length=10,
                verbose_name="ce qui s’est passé",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                django.db.models.functions.text.Lower("period"),
                models.F("space"),
                condition=models.Q(
                    ("is_long", False),
                    ("state__in", ["offered", "requested", "confirmed", "blocked"]),
                ),
                name="booking_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                django.db.models.functions.text.Lower("period"),
                models.F("space"),
                condition=models.Q(
                    ("is_long", True),
                    ("state__in", ["offered", "requested", "confirmed", "blocked"]),
                ),
                name="booking_long_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("state__in", ["offered", "requested"])),
                fields=["answer_before"],
                name="booking_to_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ["offered", "requested", "confirmed", "blocked"])),
                expressions=[("space", "="), ("occupied", "&&")],
                name="booking_alone_in_its_space",
                violation_error_message="Cet espace est déjà pris à ce moment-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["offered", "requested"]), _negated=True),
                    ("answer_before__isnull", False),
                    _connector="OR",
                ),
                name="booking_request_has_deadline",
                violation_error_message="Une demande ou une proposition attend une réponse avant une date.",
            ),
        ),
    ]
