"""What places offer beside their spaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telecentres", "0021_visitor_holds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "telecentre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extras",
                        to="telecentres.telecentre",
                        verbose_name="télécentre",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Par exemple\xa0: vidéoprojecteur, café d’accueil.",
                        max_length=80,
                        verbose_name="nom",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("secretariat", "télésecrétariat"),
                            ("catering", "restauration"),
                            ("equipment", "matériel"),
                            ("other", "autre service"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, max_length=200, verbose_name="précision"),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Zéro\xa0: compris. TVA du lieu comprise, s’il y en a.",
                        max_digits=8,
                        verbose_name="prix (€)",
                    ),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("booking", "par réservation"),
                            ("person", "par personne"),
                            ("piece", "l’unité"),
                        ],
                        default="booking",
                        max_length=8,
                        verbose_name="compté",
                    ),
                ),
                (
                    "stock",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="De ce qui se prête\xa0: 1 pour un seul appareil. Vide\xa0: sans limite.",
                        null=True,
                        verbose_name="combien en même temps",
                    ),
                ),
                (
                    "notice",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="48 pour deux jours.",
                        verbose_name="à demander combien d’heures avant",
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("office", "bureau fermé"),
                                ("desk", "poste en open-space"),
                                ("meeting_room", "salle de réunion"),
                                ("video_point", "point visio"),
                                ("workshop", "atelier"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="Aucun\xa0: avec tous.",
                        size=None,
                        verbose_name="avec quels espaces",
                    ),
                ),
                (
                    "is_offered",
                    models.BooleanField(
                        default=True,
                        help_text="Sinon, ce qui est déjà réservé reste promis.",
                        verbose_name="proposé",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra",
                "verbose_name_plural": "extras\xa0: restauration, matériel, secrétariat",
                "ordering": ["telecentre", "kind", "name"],
            },
        ),
        migrations.AddConstraint(
            model_name="extra",
            constraint=models.UniqueConstraint(
                fields=("telecentre", "name"),
                name="extra_once",
                violation_error_message="Ce lieu a déjà un extra de ce nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extra",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="extra_price_not_negative",
                violation_error_message="Un prix ne peut pas être négatif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extra",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock", None), ("stock__gte", 1), _connector="OR"),
                name="extra_exists",
                violation_error_message="De ce qui se prête, il y en a un au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extra",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice__lte", 720)),
                name="extra_notice_within_a_month",
                violation_error_message="Un extra se demande un mois avant au plus.",
            ),
        ),
    ]
