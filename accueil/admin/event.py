from typing import Any

from django import forms
from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accueil.admin.resources import EventResource, event_slug
from accueil.enums import EventState
from accueil.models import Event
from territoires.admin.base import HistoryAdmin, TodoFilter, badge
from territoires.admin.exchange import OfficeExchange

TONES = {EventState.DRAFT: "warn", EventState.PUBLISHED: "ok", EventState.CANCELLED: "no"}


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Laissez vide : il sera tiré du titre et du jour.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        territory = data.get("territory")
        for place in ("village", "telecentre"):
            if territory and data.get(place) and data[place].territory_id != territory.pk:
                self.add_error(place, _("Ce lieu est d’un autre territoire."))
        if all(data.get(each) for each in ("territory", "title", "starts_at")):
            data["slug"] = data.get("slug") or self._slug(data)
        return data

    def _slug(self, data: dict[str, Any]) -> str:
        return event_slug(
            Event(
                pk=self.instance.pk,
                territory=data["territory"],
                title=data["title"],
                starts_at=data["starts_at"],
            )
        )


class EventTodoFilter(TodoFilter):
    todos = {
        "bientot": (gettext_lazy("dans les 30 jours"), "soon"),
        "a-annoncer": (gettext_lazy("brouillon à annoncer"), "unannounced"),
    }


@admin.register(Event)
class EventAdmin(OfficeExchange, HistoryAdmin):
    form = EventForm
    resource_classes = [EventResource]
    list_display = ["title", "state_badge", "kind", "starts_at", "where", "capacity_households"]
    list_filter = ["kind", "state", EventTodoFilter, "territory"]
    list_select_related = ["village__commune", "telecentre", "territory", "programme"]
    search_fields = [
        "title__unaccent", "place__unaccent", "village__commune__plain_name__unaccent",
        "telecentre__name__unaccent",
    ]  # fmt: skip
    search_help_text = gettext_lazy("Titre ou lieu.")
    autocomplete_fields = ["village", "telecentre", "programme"]
    date_hierarchy = "starts_at"
    fieldsets = [
        (None, {"fields": ["kind", "title", "title_en", "state"]}),
        (
            gettext_lazy("Quand et où"),
            {"fields": ["starts_at", "ends_at", "village", "telecentre", "place"]},
        ),
        (
            gettext_lazy("Sur le site public"),
            {"fields": ["presentation", "presentation_en", "capacity_households", "slug"]},
        ),
        (gettext_lazy("Suivi"), {"fields": ["territory", "programme"]}),
    ]

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, event: Event) -> SafeString:
        state = EventState(event.state)
        return badge(TONES[state], state.label)

    @admin.display(description=gettext_lazy("lieu"))
    def where(self, event: Event) -> str:
        return str(event.village or event.telecentre or event.place)
