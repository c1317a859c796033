"""Solos as a spreadsheet: who they are, never whether they are public."""

from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from solos.domain.duplicates import Likeness, keep_doubles
from solos.domain.publication import identify_solo
from solos.enums import PublicField, SoloState, SoloStatus, WorkPlace
from solos.models import Solo, Trade
from territoires.admin.columns import (
    ChoiceWidget,
    KeyWidget,
    ListWidget,
    NumberWidget,
    PlainWidget,
    Row,
    column,
    shown_column,
    text_of,
)
from territoires.admin.keys import SUGGESTED, commune_column, programme_column, territory_column
from territoires.admin.resources import TERRITORY_COLUMN, OfficeResource, is_new
from territoires.models import Territory
from territoires.querysets import LEAST_LIKENESS

SLUG = _("Nom dans les adresses")
FIRST_NAME = _("Prénom")
LAST_NAME = _("Nom")


def _find_trade(name: str, _territory: Territory) -> Trade | None:
    return Trade.objects.filter(name__unaccent__iexact=name).first()


def _near_trades(name: str, _territory: Territory) -> list[str]:
    rows = Trade.objects.annotate(likeness=TrigramWordSimilarity(name, "name"))
    near = rows.filter(likeness__gte=LEAST_LIKENESS).order_by("-likeness", "name")
    return list(near.values_list("name", flat=True)[:SUGGESTED])


class PhoneWidget(PlainWidget):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class FieldListWidget(ListWidget):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(str(PublicField(field).label) for field in value or [])


class SoloResource(OfficeResource):
    territory = territory_column()
    slug = shown_column(SLUG, "slug")
    first_name = column(FIRST_NAME, "first_name")
    last_name = column(LAST_NAME, "last_name")
    trade_name = column(_("Nom commercial"), "trade_name")
    status = column(_("Statut"), "status", ChoiceWidget(SoloStatus))
    trade = column(_("Métier"), "trade", KeyWidget(_find_trade, "name", near=_near_trades))
    commune = commune_column()
    commune_name = shown_column(_("Nom de la commune"), "commune__name")
    skills = column(_("Compétences"), "skills", ListWidget())
    languages = column(_("Langues parlées"), "languages", ListWidget())
    presentation = column(_("Présentation"), "presentation")
    website = column(_("Site web"), "website")
    links = column(_("Autres liens"), "links", ListWidget())
    siret = column(_("SIRET"), "siret")
    phone = column(_("Téléphone"), "phone", PhoneWidget())
    email = column(_("E-mail"), "email")
    work_place = column(_("Lieu de travail"), "work_place", ChoiceWidget(WorkPlace, blank=True))
    offers = column(_("Ce que je propose"), "offers")
    seeks = column(_("Ce que je cherche"), "seeks")
    arrived_in = column(_("Année d’arrivée"), "arrived_in", NumberWidget())
    came_from = column(_("Lieu d’origine"), "came_from")
    household_size = column(_("Personnes au foyer"), "household_size", NumberWidget())
    programme = programme_column()
    state = shown_column(_("État"), "state", ChoiceWidget(SoloState))
    published_fields = shown_column(_("Champs publics"), "published_fields", FieldListWidget())
    open_fields = shown_column(_("Données ouvertes"), "open_fields", FieldListWidget())

    other_names = {
        "first_name": "given name, forename",
        "last_name": "nom de famille, surname, family name, nom usuel, nom patronymique",
        "trade_name": "enseigne, entreprise, société, raison sociale, marque, company, business",
        "trade": "activité, profession, job, occupation, activity",
        "commune": "commune, ville, code insee, insee, town, city, lieu, commune de résidence",
        "skills": "compétence, savoir-faire, skill",
        "languages": "langue, language",
        "presentation": "description, bio, à propos, about",
        "website": "site internet, site, url, web, website, site web",
        "links": "liens, réseaux, réseaux sociaux, links",
        "siret": "numéro siret",
        "phone": "tél, tel, mobile, portable, numéro, fixe, phone number",
        "email": "mail, courriel, mél, adresse électronique, email address",
        "offers": "propose, offre",
        "seeks": "cherche, besoin, recherche",
        "arrived_in": "arrivée, année, arrival, arrived",
        "came_from": "origine, provenance, vient de",
        "household_size": "foyer, household",
    }
    key_columns = (TERRITORY_COLUMN, SLUG)
    required_columns = (FIRST_NAME, LAST_NAME)

    class Meta(OfficeResource.Meta):
        model = Solo

    def find(self, row: Row, territory: Territory) -> Solo | None:
        """By the name in addresses, which is unique; else by first and last name."""
        solos = Solo.objects.in_territory(territory).select_related("trade", "commune", "programme")
        if slug := text_of(row, SLUG):
            found = solos.filter(slug=slug).first()
            if found is None:
                raise ValidationError(
                    {
                        str(SLUG): _(
                            "Aucune fiche ne porte ce nom : videz la case pour en créer une."
                        )
                    }
                )
            return found
        namesakes = solos.filter(
            first_name__iexact=text_of(row, FIRST_NAME), last_name__iexact=text_of(row, LAST_NAME)
        )[:2]
        if len(namesakes) > 1:
            raise ValidationError(
                {str(SLUG): _("Plusieurs fiches portent ces nom et prénom : dites laquelle.")}
            )
        return namesakes[0] if namesakes else None

    def create(self, instance: Solo) -> None:
        """Identified by the domain's own act: nothing of it is public."""
        given = {
            field.attribute: getattr(instance, field.attribute) for field in self._given_fields()
        }
        solo = identify_solo(territory=instance.territory, author=self.user, **given)
        instance.__dict__.update(solo.__dict__)

    def notes_on(self, instance: Solo) -> list[SafeString]:
        """Who may be the same person: the pairs wait for an officer once the file is imported."""
        return [self._note(double) for double in keep_doubles(solo=instance)]

    def _note(self, double: Likeness) -> SafeString:
        solo, reasons = double.solo, ", ".join(str(reason.label) for reason in double.reasons)
        if line := self.line_of(solo):
            words = _("Ressemble à %(name)s, ligne %(line)d") % {"name": solo, "line": line}
            return format_html("{} ({})", words, reasons)
        address = reverse("admin:solos_solo_change", args=[solo.pk])
        words = _("Ressemble à %(name)s") % {"name": solo}
        return format_html('<a href="{}">{}</a> ({})', address, words, reasons)

    def validate_instance(self, instance: Solo, *args: Any, **kwargs: Any) -> None:
        """A new solo is given its name in addresses by the domain: any will do until then."""
        if is_new(instance):
            instance.slug = "a-recenser"
        super().validate_instance(instance, *args, **kwargs)

    def _given_fields(self) -> list[Field]:
        return [field for field in self.fields.values() if not field.readonly]
