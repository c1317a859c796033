"""The use of a place that the platform did not see: a hall open to all, a key lent, a notebook."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Case, Func, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.enums import SpaceKind
from telecentres.models.telecentre import Telecentre
from telecentres.querysets import OfTelecentre

# Kinds as numbers, none for the whole place: what a range of them holds, two statements may not.
KIND_NUMBER = Case(
    *(When(kind=kind, then=Value(number)) for number, kind in enumerate(SpaceKind)),
    default=None,
    output_field=models.IntegerField(),
)


class UseStatement(models.Model):
    """What a manager states of one month, for one kind of space or for the whole place."""

    telecentre = models.ForeignKey(
        Telecentre, models.CASCADE, related_name="use_statements", verbose_name=_("télécentre")
    )
    month = models.DateField(_("mois"))
    kind = models.CharField(
        _("nature d’espace"),
        max_length=12,
        choices=SpaceKind,
        # Of the whole place.
        blank=True,
    )
    half_days = models.PositiveSmallIntegerField(
        _("demi-journées d’espace utilisées"),
        help_text=_(
            "Un espace qui sert un matin ou un après-midi, même une heure, compte pour une. Trois"
            " postes un matin : trois."
        ),
    )
    people = models.PositiveSmallIntegerField(
        _("personnes"), null=True, blank=True, help_text=_("Différentes, si vous le savez.")
    )
    note = models.CharField(
        _("précision"),
        max_length=300,
        blank=True,
        help_text=_("D’où vient ce chiffre : cahier, badges…"),
    )
    # None: an account deleted since.
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("déclaré par"),
    )
    stated_at = models.DateTimeField(_("déclaré le"), default=timezone.now, editable=False)

    objects = OfTelecentre["UseStatement"].as_manager()

    class Meta:
        verbose_name = _("déclaration d’usage")
        verbose_name_plural = _("déclarations d’usage")
        ordering = ["-month", "telecentre", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="use_statement_of_a_month",
                violation_error_message=_("Un mois est écrit par son premier jour."),
            ),
            ExclusionConstraint(
                name="use_stated_once",
                expressions=[
                    ("telecentre", RangeOperators.EQUAL),
                    ("month", RangeOperators.EQUAL),
                    (
                        Func(
                            KIND_NUMBER,
                            KIND_NUMBER,
                            Value("[]"),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "Ce mois est déjà déclaré : une fois par nature d’espace, ou une fois pour tout"
                    " le lieu. Corrigez ce qui l’a été."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.telecentre} – {self.month:%m/%Y}"
