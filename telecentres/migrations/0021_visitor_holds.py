"""A place is held for someone without account, until they confirm from their mailbox."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courrier", "0006_calendar_entries"),
        ("telecentres", "0020_place_takes_visitors"),
    ]

    operations = [
        migrations.AlterField(
            model_name="booking",
            name="origin",
            field=models.CharField(
                choices=[
                    ("site", "le titulaire, sur le site"),
                    ("counter", "le gestionnaire"),
                    ("api", "un programme"),
                    ("visitor", "un visiteur, sans compte"),
                ],
                default="site",
                max_length=8,
                verbose_name="réservé par",
            ),
        ),
        migrations.AlterField(
            model_name="bookingchange",
            name="act",
            field=models.CharField(
                choices=[
                    ("offered", "proposé à la file d’attente"),
                    ("held", "gardé, le temps de confirmer par e-mail"),
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
                    ("checked_in", "arrivé"),
                    ("no_show", "rendu, faute d’arrivée"),
                ],
                max_length=10,
                verbose_name="ce qui s’est passé",
            ),
        ),
        migrations.CreateModel(
            name="VisitorHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("first_name", models.CharField(max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=80, verbose_name="nom")),
                ("language", models.CharField(default="fr", max_length=2, verbose_name="langue")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandée le"
                    ),
                ),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visitor_hold",
                        to="telecentres.booking",
                        verbose_name="place gardée",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="courrier.outgoingmail",
                        verbose_name="e-mail envoyé",
                    ),
                ),
            ],
            options={
                "verbose_name": "place gardée pour un visiteur",
                "verbose_name_plural": "places gardées pour des visiteurs",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
    ]
