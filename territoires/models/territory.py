"""A territory: what an agency runs under its own name, host name and colours."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from images.models import Picture
from territoires.models.places import Commune, Department, Epci
from territoires.querysets import TerritoryQuerySet

HEX_COLOUR = r"^#[0-9a-fA-F]{6}$"
hex_colour = RegexValidator(HEX_COLOUR, _("Écrivez une couleur comme #1f6f54."))
host_name = RegexValidator(
    r"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
    _("Écrivez un nom d’hôte en minuscules, sans https:// ni port, comme solos.ariege.fr."),
)


def default_languages() -> list[str]:
    return ["fr", "en"]


class Territory(models.Model):
    """Territories may overlap: a row belongs to one by its key, never by where its commune lies."""

    name = models.CharField(_("nom"), max_length=80, unique=True, help_text=_("Exemple : Ariège"))
    slug = models.SlugField(_("nom dans les adresses"), unique=True)
    in_name = models.CharField(
        _("nom avec sa préposition"),
        max_length=100,
        help_text=_("Comme dans « S’installer … » : en Ariège, dans le Gers."),
    )
    host_name = models.CharField(
        _("nom d’hôte"),
        max_length=253,
        blank=True,
        validators=[host_name],
        help_text=_("L’adresse du site public, par exemple gers.localhost."),
    )
    is_default = models.BooleanField(
        _("territoire par défaut"),
        default=False,
        help_text=_("Celui que l’on voit quand aucun nom d’hôte ne correspond."),
    )
    is_public = models.BooleanField(_("site ouvert au public"), default=True)

    departments = models.ManyToManyField(
        Department, blank=True, related_name="territories", verbose_name=_("départements entiers")
    )
    epcis = models.ManyToManyField(
        Epci, blank=True, related_name="territories", verbose_name=_("intercommunalités entières")
    )
    communes = models.ManyToManyField(
        Commune, blank=True, related_name="territories", verbose_name=_("communes une à une")
    )

    tagline = models.CharField(_("accroche"), max_length=160, blank=True)
    tagline_en = models.CharField(_("accroche en anglais"), max_length=160, blank=True)
    introduction = models.TextField(
        _("présentation"), blank=True, help_text=_("Deux ou trois phrases, en Markdown.")
    )
    introduction_en = models.TextField(_("présentation en anglais"), blank=True)
    brand_colour = models.CharField(
        _("couleur principale"), max_length=7, default="#1f6f54", validators=[hex_colour]
    )
    accent_colour = models.CharField(
        _("couleur d’accent"), max_length=7, default="#d9772b", validators=[hex_colour]
    )
    logo = models.ForeignKey(
        Picture,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("logo"),
    )
    languages = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("langues du site public"),
        default=default_languages,
    )

    agency_name = models.CharField(_("organisme responsable"), max_length=150)
    contact_email = models.EmailField(_("e-mail de contact"), blank=True)
    contact_phone = models.CharField(_("téléphone de contact"), max_length=30, blank=True)
    contact_address = models.TextField(_("adresse postale"), blank=True)
    legal_notice = models.TextField(_("mentions légales"), blank=True)
    legal_notice_en = models.TextField(_("mentions légales en anglais"), blank=True)
    privacy_notice = models.TextField(_("données personnelles"), blank=True)
    privacy_notice_en = models.TextField(_("données personnelles en anglais"), blank=True)

    objects = TerritoryQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[departments, epcis, communes])

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("host_name"),
                condition=~Q(host_name=""),
                name="territory_host_name_once",
                violation_error_message=_("Ce nom d’hôte est déjà celui d’un autre territoire."),
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="territory_one_default",
                violation_error_message=_("Un seul territoire peut être celui par défaut."),
            ),
            models.CheckConstraint(
                condition=Q(brand_colour__regex=HEX_COLOUR) & Q(accent_colour__regex=HEX_COLOUR),
                name="territory_colours_hex",
                violation_error_message=_("Écrivez une couleur comme #1f6f54."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """The territory as a sentence needs it, in the reader's language: en Ariège, in Ariège."""
        if get_language() == "fr":
            return self.in_name
        return gettext("dans %(name)s") % {"name": self.name}
