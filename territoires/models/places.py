"""The official map: departments, EPCI, communes and those that were.

Names that lists are sorted by follow the French order (collation `fr-x-icu`): Élie comes with E,
whatever the order that the server was made with.
"""

from django.contrib.gis.db import models as gis
from django.contrib.gis.db.models.functions import IsValid
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from territoires.enums import FormerCommuneKind
from territoires.querysets import CommuneQuerySet


def plain_name_field() -> models.GeneratedField:
    """A name as it is searched: without accents, apostrophes or capitals, kept by the database."""
    return models.GeneratedField(
        expression=models.Func(F("name"), function="plain_text"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("nom cherché"),
    )


class Department(models.Model):
    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=60)
    region_code = models.CharField(_("code de la région"), max_length=3)

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Epci(models.Model):
    """An intercommunal body with its own taxes (établissement public de coopération)."""

    siren = models.CharField(_("SIREN"), max_length=9, primary_key=True)
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=150)

    class Meta:
        verbose_name = _("intercommunalité")
        verbose_name_plural = _("intercommunalités")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(siren__regex=r"^\d{9}$"),
                name="epci_siren_nine_digits",
                violation_error_message=_("Un SIREN a neuf chiffres."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune as the official lists give it. Rows come from `import_communes`, never by hand.

    The row stays narrow: contours live apart, so that lists never carry geometry they don't draw.
    """

    insee_code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)
    sort_name = models.CharField(
        _("nom de classement"),
        db_collation="fr-x-icu",
        max_length=100,
        help_text=_("Le nom sans son article : L’Aiguillon se range à Aiguillon."),
    )
    plain_name = plain_name_field()
    # Indexed below: a key to a text would get two indexes of its own, one of them never read.
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="communes",
        db_index=False,
        verbose_name=_("département"),
    )
    epci = models.ForeignKey(
        Epci,
        models.PROTECT,
        related_name="communes",
        db_index=False,
        null=True,
        blank=True,
        verbose_name=_("intercommunalité"),
    )
    canton_name = models.CharField(_("canton"), max_length=100, blank=True)
    postcodes = ArrayField(
        models.CharField(max_length=5), verbose_name=_("codes postaux"), default=list, blank=True
    )
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("année de la population"), null=True, blank=True
    )
    area_ha = models.DecimalField(
        _("superficie (ha)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    # Lookups: distance order (`<->`) on the map and in the finder, bounding boxes in the API.
    centre = gis.PointField(_("centre"), srid=4326, null=True, blank=True, spatial_index=False)
    town_hall = gis.PointField(_("mairie"), srid=4326, null=True, blank=True, spatial_index=False)
    ended_on = models.DateField(_("a cessé d’exister le"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="predecessors",
        db_index=False,
        null=True,
        blank=True,
        verbose_name=_("commune qui lui succède"),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    vintage = models.PositiveSmallIntegerField(_("millésime"), null=True, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["sort_name", "insee_code"]
        indexes = [
            GinIndex(fields=["plain_name"], name="commune_plain_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["department", "sort_name"], name="commune_department_sort"),
            models.Index(fields=["sort_name", "insee_code"], name="commune_sort"),
            models.Index(fields=["epci"], name="commune_epci"),
            # Few communes have ended: only they are in it.
            models.Index(
                fields=["successor"], name="commune_successor", condition=~Q(successor=None)
            ),
            GistIndex(fields=["centre"], name="commune_centre"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(insee_code__regex=r"^(\d{2}|2[AB])\d{3}$"),
                name="commune_insee_code_shape",
                violation_error_message=_(
                    "Un code INSEE a cinq signes, par exemple 09122 ou 2A004."
                ),
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(ended_on=None),
                name="commune_successor_only_when_ended",
                violation_error_message=_(
                    "Seule une commune qui a cessé d’exister a une commune qui lui succède."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("insee_code")),
                name="commune_not_its_own_successor",
                violation_error_message=_("Une commune ne se succède pas à elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.department_id})"

    @property
    def density(self) -> float | None:
        """Inhabitants per km²; None where the population or the area is unknown."""
        if self.population is None or not self.area_ha:
            return None
        return self.population / float(self.area_ha) * 100


class CommuneContour(models.Model):
    """A commune's outline, and the same simplified together with its neighbours' outlines.

    `simplified` is cut as a coverage: neighbours keep sharing their border, with no gap.
    """

    commune = models.OneToOneField(
        Commune, models.CASCADE, primary_key=True, related_name="contour", verbose_name=_("commune")
    )
    # Lookups: `covers` a point (which commune is this address in?).
    outline = gis.MultiPolygonField(_("contour"), srid=4326, spatial_index=False)
    # Lookups: bounding box of a view; drawn as it is on maps and emblems.
    simplified = gis.MultiPolygonField(_("contour simplifié"), srid=4326, spatial_index=False)
    # Path data of an SVG in a square of side 100 around 0 0: the emblem of pages and cards.
    silhouette = models.GeneratedField(
        expression=models.Func("outline", function="svg_silhouette"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("silhouette"),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contour de commune")
        verbose_name_plural = _("contours de communes")
        indexes = [
            GistIndex(fields=["outline"], name="contour_outline"),
            GistIndex(fields=["simplified"], name="contour_simplified"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(IsValid("outline")),
                name="contour_outline_valid",
                violation_error_message=_("Le contour se recoupe lui-même : réparez-le d’abord."),
            ),
            models.CheckConstraint(
                condition=Q(IsValid("simplified")),
                name="contour_simplified_valid",
                violation_error_message=_("Le contour simplifié se recoupe lui-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.commune_id


class FormerCommune(models.Model):
    """A name people still use for a part of a present commune: Vicdessos, now in Val-de-Sos."""

    insee_code = models.CharField(_("ancien code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=100, blank=True)
    plain_name = plain_name_field()
    kind = models.CharField(_("nature"), max_length=20, choices=FormerCommuneKind)
    successor = models.ForeignKey(
        Commune,
        models.CASCADE,
        related_name="former_communes",
        verbose_name=_("commune actuelle"),
    )

    class Meta:
        verbose_name = _("ancienne commune")
        verbose_name_plural = _("anciennes communes")
        ordering = ["name", "insee_code"]
        indexes = [
            GinIndex(
                fields=["plain_name"], name="former_commune_plain_name", opclasses=["gin_trgm_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.name or self.insee_code
