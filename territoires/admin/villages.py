from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territoires.admin.base import HistoryAdmin, OfficeInline, TodoFilter, badge
from territoires.admin.columns import (
    ChoiceWidget,
    DateWidget,
    Row,
    YesNoWidget,
    column,
    shown_column,
    text_of,
)
from territoires.admin.exchange import OfficeExchange
from territoires.admin.keys import commune_column, programme_column, territory_column
from territoires.admin.pictures import IllustratedAdmin, IllustratedForm
from territoires.admin.resources import OfficeResource
from territoires.domain.addresses import free_slug
from territoires.enums import VillageKind
from territoires.models import Commune, HostVillage, Territory, VillageReferent

SOON = timedelta(days=60)


def commune_refusal(territory: Territory | None, commune: Commune | None) -> str | None:
    """Why the territory can have nothing in this commune, in words; None when it can."""
    if territory is None or commune is None:
        return None
    if commune.ended_on:
        return _("Cette commune n’existe plus : choisissez celle qui lui succède.")
    if not Commune.objects.within(territory).filter(pk=commune.pk).exists():
        return _("Cette commune n’est pas du territoire.")
    return None


class VillageForm(IllustratedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Laissez vide : il sera tiré du nom de la commune.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        territory, commune = data.get("territory"), data.get("commune")
        if refusal := commune_refusal(territory, commune):
            self.add_error("commune", refusal)
        elif territory and commune and not data.get("slug"):
            data["slug"] = village_slug(territory, commune, self.instance)
        return data


def village_slug(territory: Territory, commune: Commune, village: HostVillage) -> str:
    others = HostVillage.objects.in_territory(territory).exclude(pk=village.pk)
    return free_slug(slugify(commune.name)[:100], others)


class VillageResource(OfficeResource):
    territory = territory_column()
    commune = commune_column(required=True)
    commune_name = shown_column(gettext_lazy("Nom de la commune"), "commune__name")
    kind = column(gettext_lazy("Engagement"), "kind", ChoiceWidget(VillageKind))
    programme = programme_column()
    committed_on = column(gettext_lazy("Engagée depuis le"), "committed_on", DateWidget())
    commitment_ends_on = column(gettext_lazy("Jusqu’au"), "commitment_ends_on", DateWidget())
    welcome = column(gettext_lazy("Mot d’accueil"), "welcome")
    welcome_en = column(gettext_lazy("Mot d’accueil en anglais"), "welcome_en")
    is_published = column(gettext_lazy("Visible sur le site"), "is_published", YesNoWidget())

    required_columns = (
        gettext_lazy("Commune (code INSEE)"),
        gettext_lazy("Engagement"),
        gettext_lazy("Engagée depuis le"),
    )

    class Meta(OfficeResource.Meta):
        model = HostVillage

    def find(self, row: Row, territory: Territory) -> Any:
        code = text_of(row, self.fields["commune"].column_name).upper().zfill(5)
        return (
            territory.villages.select_related("commune", "programme").filter(commune=code).first()
        )

    def validate_instance(self, instance: HostVillage, *args: Any, **kwargs: Any) -> None:
        if instance.commune_id and not instance.slug:
            instance.slug = village_slug(instance.territory, instance.commune, instance)
        super().validate_instance(instance, *args, **kwargs)
        if refusal := commune_refusal(instance.territory, instance.commune):
            raise ValidationError({self.fields["commune"].column_name: refusal})


class VillageTodoFilter(TodoFilter):
    todos = {
        "fin-proche": (gettext_lazy("engagement qui finit dans les 60 jours"), "ending_soon"),
        "sans-referent": (gettext_lazy("sans référent"), "without_referent"),
    }


class ReferentInline(OfficeInline):
    model = VillageReferent
    autocomplete_fields = ["user"]


@admin.register(HostVillage)
class HostVillageAdmin(OfficeExchange, IllustratedAdmin, HistoryAdmin):
    form = VillageForm
    resource_classes = [VillageResource]
    list_display = [
        "commune", "kind", "commitment", "committed_on", "commitment_ends_on", "referent_count",
        "is_published",
    ]  # fmt: skip
    list_filter = ["kind", VillageTodoFilter, "territory"]
    list_select_related = ["commune", "programme", "territory"]
    search_fields = ["commune__plain_name__unaccent", "commune__insee_code", "referents__name"]
    autocomplete_fields = ["commune", "programme", "photo"]
    date_hierarchy = "committed_on"
    inlines = [ReferentInline]
    fieldsets = [
        (None, {"fields": ["commune", "kind", "programme", "territory"]}),
        (gettext_lazy("Engagement"), {"fields": [("committed_on", "commitment_ends_on")]}),
        (
            gettext_lazy("Sur le site public"),
            {
                "fields": [
                    "is_published", "welcome", "welcome_en", "photo", "slug",
                ]
            },
        ),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> "QuerySet[HostVillage]":
        rows: QuerySet[HostVillage] = super().get_queryset(request)
        return rows.annotate(referent_count=Count("referents", distinct=True))

    @admin.display(description=gettext_lazy("référents"), ordering="referent_count")
    def referent_count(self, village: Any) -> int:
        return int(village.referent_count)

    @admin.display(description=gettext_lazy("état"))
    def commitment(self, village: HostVillage) -> SafeString:
        today = timezone.localdate()
        if village.committed_on > today:
            return badge("quiet", _("à venir"))
        if village.commitment_ends_on is None or village.commitment_ends_on > today + SOON:
            return badge("ok", _("en cours"))
        if village.commitment_ends_on < today:
            return badge("no", _("terminé"))
        return badge("warn", _("finit bientôt"))
