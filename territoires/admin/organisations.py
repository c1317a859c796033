from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from territoires.admin.base import HistoryAdmin
from territoires.admin.columns import ChoiceWidget, Row, column, text_of
from territoires.admin.exchange import OfficeExchange
from territoires.admin.keys import commune_column, territory_column
from territoires.admin.resources import OfficeResource
from territoires.enums import OrganisationKind
from territoires.models import Organisation, Territory


class OrganisationResource(OfficeResource):
    territory = territory_column()
    name = column(_("Nom"), "name")
    kind = column(_("Nature"), "kind", ChoiceWidget(OrganisationKind))
    commune = commune_column()
    website = column(_("Site web"), "website")
    email = column(_("E-mail"), "email")
    phone = column(_("Téléphone"), "phone")
    note = column(_("Note interne"), "note")

    required_columns = (_("Nom"), _("Nature"))

    class Meta(OfficeResource.Meta):
        model = Organisation

    def find(self, row: Row, territory: Territory) -> Any:
        name = text_of(row, _("Nom"))
        if not name:
            raise ValidationError({str(_("Nom")): _("Donnez le nom de l’organisme.")})
        return territory.organisations.filter(name__iexact=name).first()


@admin.register(Organisation)
class OrganisationAdmin(OfficeExchange, HistoryAdmin):
    resource_classes = [OrganisationResource]
    list_display = ["name", "kind", "commune", "email", "phone", "territory"]
    list_filter = ["kind", "territory"]
    list_select_related = ["commune", "territory"]
    search_fields = ["name__unaccent", "email"]
    autocomplete_fields = ["commune"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "commune"]}),
        (_("Pour le joindre"), {"fields": ["website", "email", "phone"]}),
        (_("Pour l’équipe"), {"fields": ["note", "territory"]}),
    ]
