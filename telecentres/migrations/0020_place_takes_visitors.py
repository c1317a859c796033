"""A place says whether one may book there without account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telecentres", "0019_booking_series")]

    operations = [
        migrations.AddField(
            model_name="historicaltelecentre",
            name="takes_visitors",
            field=models.BooleanField(
                default=False,
                help_text="Qui n’a pas de compte réserve aussi, une semaine au plus\xa0: la place lui est gardée une demi-heure, le temps de confirmer par un lien reçu par e-mail.",
                verbose_name="réservation sans compte",
            ),
        ),
        migrations.AddField(
            model_name="telecentre",
            name="takes_visitors",
            field=models.BooleanField(
                default=False,
                help_text="Qui n’a pas de compte réserve aussi, une semaine au plus\xa0: la place lui est gardée une demi-heure, le temps de confirmer par un lien reçu par e-mail.",
                verbose_name="réservation sans compte",
            ),
        ),
    ]
