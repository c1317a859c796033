"""Solos as a spreadsheet: who they are, never whether they are public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

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
from territoires.admin.keys import commune_column, programme_column, territory_column
from territoires.admin.resources import TERRITORY_COLUMN, OfficeResource, is_new
from territoires.models import Territory

SLUG = _("Nom dans les adresses")
FIRST_NAME = _("Prénom")
LAST_NAME = _("Nom")


def _find_trade(name: str, _territory: Territory) -> Trade | None:
    return Trade.objects.filter(name__iexact=name).first()


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
    trade = column(_("Métier"), "trade", KeyWidget(_find_trade, "name"))
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

    def validate_instance(self, instance: Solo, *args: Any, **kwargs: Any) -> None:
        """A new solo is given its name in addresses by the domain: any will do until then."""
        if is_new(instance):
            instance.slug = "a-recenser"
        super().validate_instance(instance, *args, **kwargs)

    def _given_fields(self) -> list[Field]:
        return [field for field in self.fields.values() if not field.readonly]
