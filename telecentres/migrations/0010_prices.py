from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("telecentres", "0009_rights"),
        ("territoires", "0010_no_raw_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="FreeAllowance",
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
                        verbose_name="nature d’espace",
                    ),
                ),
                (
                    "half_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="demi-journées offertes par mois"
                    ),
                ),
            ],
            options={
                "verbose_name": "gratuité mensuelle",
                "verbose_name_plural": "gratuités mensuelles",
                "ordering": ["telecentre", "kind"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BookingLine",
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
                        choices=[("price", "tarif"), ("free", "offert"), ("pack", "carnet")],
                        max_length=5,
                        verbose_name="nature",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
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
                ("quantity", models.PositiveSmallIntegerField(verbose_name="nombre")),
                (
                    "unit_price",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="prix (€)"),
                ),
            ],
            options={
                "verbose_name": "ligne de prix",
                "verbose_name_plural": "lignes de prix",
                "ordering": ["booking", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pack",
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
                        verbose_name="nature d’espace",
                    ),
                ),
                ("half_days", models.PositiveSmallIntegerField(verbose_name="demi-journées")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(0),
                        help_text="Zéro : un bon d’essai.",
                        max_digits=8,
                        verbose_name="prix payé (€)",
                    ),
                ),
                (
                    "sold_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="remis le"
                    ),
                ),
                (
                    "expires_on",
                    models.DateField(
                        blank=True,
                        help_text="Ce jour compris.",
                        null=True,
                        verbose_name="valable jusqu’au",
                    ),
                ),
            ],
            options={
                "verbose_name": "carnet",
                "verbose_name_plural": "carnets et bons d’essai",
                "ordering": ["-sold_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
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
                        verbose_name="nature d’espace",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
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
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="TVA comprise, s’il y en a.",
                        max_digits=8,
                        verbose_name="prix (€)",
                    ),
                ),
            ],
            options={
                "verbose_name": "tarif",
                "verbose_name_plural": "tarifs",
                "ordering": ["telecentre", "kind", "price"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="booking",
            name="price",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=8,
                null=True,
                verbose_name="prix (€)",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="vat_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=4,
                null=True,
                verbose_name="TVA (%)",
            ),
        ),
        migrations.AddField(
            model_name="historicaltelecentre",
            name="vat_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Comprise dans les prix. Vide : le lieu n’en facture pas.",
                max_digits=4,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="TVA (%)",
            ),
        ),
        migrations.AddField(
            model_name="telecentre",
            name="vat_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Comprise dans les prix. Vide : le lieu n’en facture pas.",
                max_digits=4,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="TVA (%)",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                name="booking_price_not_negative",
                violation_error_message="Un prix ne peut pas être négatif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="telecentre",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_rate", None), ("vat_rate__gte", 0), _connector="OR"),
                name="telecentre_vat_not_negative",
                violation_error_message="Un taux de TVA ne peut pas être négatif.",
            ),
        ),
        migrations.AddField(
            model_name="freeallowance",
            name="telecentre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="telecentres.telecentre",
                verbose_name="télécentre",
            ),
        ),
        migrations.AddField(
            model_name="bookingline",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="telecentres.booking",
                verbose_name="réservation",
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="telecentre_packs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="titulaire",
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="telecentre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packs",
                to="telecentres.telecentre",
                verbose_name="télécentre",
            ),
        ),
        migrations.AddField(
            model_name="bookingline",
            name="pack",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="telecentres.pack",
                verbose_name="carnet",
            ),
        ),
        migrations.AddField(
            model_name="freeallowance",
            name="group",
            field=models.ForeignKey(
                blank=True,
                help_text="Vide : pour tous.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="telecentres.rightsgroup",
                verbose_name="pour le groupe",
            ),
        ),
        migrations.AddField(
            model_name="tariff",
            name="group",
            field=models.ForeignKey(
                blank=True,
                help_text="Vide : pour tous.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="telecentres.rightsgroup",
                verbose_name="pour le groupe",
            ),
        ),
        migrations.AddField(
            model_name="tariff",
            name="telecentre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="telecentres.telecentre",
                verbose_name="télécentre",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("half_days__gte", 1)),
                name="pack_holds_something",
                violation_error_message="Un carnet contient une demi-journée au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="pack_price_not_negative",
                violation_error_message="Un prix ne peut pas être négatif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on", None), ("expires_on__gte", models.F("sold_on")), _connector="OR"
                ),
                name="pack_expires_after_sale",
                violation_error_message="Un carnet sert après avoir été remis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1), ("unit_price__gte", 0)),
                name="line_counts_something",
                violation_error_message="Une ligne compte au moins une durée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "price"),
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
                    models.Q(("kind", "pack"), ("pack__isnull", False)),
                    models.Q(models.Q(("kind", "pack"), _negated=True), ("pack", None)),
                    _connector="OR",
                ),
                name="line_of_pack_names_it",
                violation_error_message="Une ligne de carnet dit lequel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeallowance",
            constraint=models.UniqueConstraint(
                fields=("telecentre", "kind", "group"),
                name="free_allowance_once",
                nulls_distinct=False,
                violation_error_message="Ce groupe a déjà une gratuité pour cet espace.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeallowance",
            constraint=models.CheckConstraint(
                condition=models.Q(("half_days__gte", 1)),
                name="free_allowance_offers_something",
                violation_error_message="Une gratuité offre une demi-journée au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.UniqueConstraint(
                fields=("telecentre", "kind", "unit", "group"),
                name="tariff_once",
                nulls_distinct=False,
                violation_error_message="Cette durée a déjà un prix pour ce groupe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="tariff_not_negative",
                violation_error_message="Un prix ne peut pas être négatif.",
            ),
        ),
    ]
