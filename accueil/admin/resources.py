"""Events as a spreadsheet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accueil.enums import EventKind, EventState
from accueil.models import Event
from telecentres.models import Telecentre
from territoires.admin.columns import (
    ChoiceWidget,
    KeyWidget,
    MomentWidget,
    NumberWidget,
    Row,
    column,
    shown_column,
    text_of,
)
from territoires.admin.keys import programme_column, territory_column
from territoires.admin.resources import TERRITORY_COLUMN, OfficeResource
from territoires.domain.addresses import free_slug
from territoires.models import HostVillage, Territory

TITLE = _("Titre")
STARTS_AT = _("Début")
SLUG = _("Nom dans les adresses")


def _find_village(code: str, territory: Territory) -> HostVillage | None:
    villages = territory.villages.select_related("commune")
    return villages.filter(commune=code.upper().zfill(5)).first()


def _find_telecentre(name: str, territory: Territory) -> Telecentre | None:
    return territory.telecentres.filter(name__iexact=name).first()


class VillageWidget(KeyWidget):
    """A village, by the INSEE code of its commune."""

    def render(self, value: HostVillage | None, obj: Any = None, **kwargs: Any) -> str:
        return value.commune_id if value else ""


class EventResource(OfficeResource):
    territory = territory_column()
    slug = shown_column(SLUG, "slug")
    kind = column(_("Nature"), "kind", ChoiceWidget(EventKind))
    state = column(_("État"), "state", ChoiceWidget(EventState))
    title = column(TITLE, "title")
    title_en = column(_("Titre en anglais"), "title_en")
    starts_at = column(STARTS_AT, "starts_at", MomentWidget())
    ends_at = column(_("Fin"), "ends_at", MomentWidget())
    village = column(
        _("Village (code INSEE)"), "village", VillageWidget(_find_village, "commune_id")
    )
    telecentre = column(_("Télécentre"), "telecentre", KeyWidget(_find_telecentre, "name"))
    place = column(_("Lieu"), "place")
    presentation = column(_("Présentation"), "presentation")
    presentation_en = column(_("Présentation en anglais"), "presentation_en")
    capacity_households = column(_("Foyers accueillis"), "capacity_households", NumberWidget())
    programme = programme_column()

    key_columns = (TERRITORY_COLUMN, SLUG)
    required_columns = (TITLE, STARTS_AT, _("Fin"))

    class Meta(OfficeResource.Meta):
        model = Event

    def find(self, row: Row, territory: Territory) -> Any:
        """By the name in addresses, which is unique; else by the title and the moment."""
        events = Event.objects.in_territory(territory).select_related(
            "village", "telecentre", "programme"
        )
        if slug := text_of(row, SLUG):
            found = events.filter(slug=slug).first()
            if found is None:
                raise ValidationError(
                    {str(SLUG): _("Aucun rendez-vous ne porte ce nom : videz la case.")}
                )
            return found
        try:
            starts_at = MomentWidget().clean(row.get(str(STARTS_AT)))
        except ValueError as error:
            raise ValidationError({str(STARTS_AT): str(error)}) from error
        if starts_at is None:
            return None
        return events.filter(title__iexact=text_of(row, TITLE), starts_at=starts_at).first()

    def validate_instance(self, instance: Event, *args: Any, **kwargs: Any) -> None:
        if not instance.slug and instance.starts_at:
            instance.slug = event_slug(instance)
        super().validate_instance(instance, *args, **kwargs)


def event_slug(event: Event) -> str:
    """The title and the day: sessions come back every year under one title."""
    day = timezone.localtime(event.starts_at).date()
    others = Event.objects.in_territory(event.territory).exclude(pk=event.pk)
    return free_slug(f"{slugify(event.title)[:140]}-{day:%Y-%m-%d}", others)
