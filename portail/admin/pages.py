from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portail.admin.publications import (
    WRITING_HELP,
    PublicationAdmin,
    PublicationForm,
    PublicationTodoFilter,
)
from portail.domain.pages import page_slug
from portail.domain.reading import Reading, read_page
from portail.models import Page
from territoires.models import Territory


class PageForm(PublicationForm):
    class Meta:
        widgets = {
            name: forms.Textarea({"rows": 3, "class": "vTextField"})
            for name in ("summary", "summary_en")
        }

    def free_slug(self, territory: Territory, title: str) -> str:
        return page_slug(territory, title)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parent, territory = data.get("parent"), data.get("territory")
        if parent and territory:
            for refused, words in self._refusals(parent, territory):
                if refused:
                    self.add_error("parent", words)
                    break
        moves = bool(territory) and territory != getattr(self.instance, "territory", territory)
        if moves and self._bears_pages():
            self.add_error("territory", _("D’autres pages sont rangées sous celle-ci."))
        return data

    def _refusals(self, parent: Page, territory: Territory) -> list[tuple[bool, str]]:
        """What the database refuses too, said beside the choice."""
        return [
            (parent.pk == self.instance.pk, _("Une page ne se range pas sous elle-même.")),
            (parent.territory_id != territory.pk, _("Cette page est d’un autre territoire.")),
            (parent.parent_id is not None, _("Cette page est déjà rangée sous une autre.")),
            (
                self._bears_pages(),
                _("D’autres pages sont rangées sous celle-ci : un seul niveau suffit."),
            ),
        ]

    def _bears_pages(self) -> bool:
        return bool(self.instance.pk) and Page.objects.filter(parent=self.instance.pk).exists()


@admin.register(Page)
class PageAdmin(PublicationAdmin):
    form = PageForm
    list_display = [
        "title", "standing_badge", "schedule", "languages", "menu_place", "position",
    ]  # fmt: skip
    list_filter = ["state", "menu", PublicationTodoFilter, "territory"]
    list_select_related = ["territory", "parent"]
    autocomplete_fields = ["picture", "parent"]
    fieldsets = [
        (
            gettext_lazy("Le texte"),
            {
                "classes": ["side-by-side"],
                "description": WRITING_HELP,
                "fields": [
                    ("title", "title_en"), ("summary", "summary_en"), ("body", "body_en"),
                    "picture",
                ],
            },
        ),
        PublicationAdmin.dates_fieldset,
        (
            gettext_lazy("Où la trouver"),
            {"fields": ["menu", "parent", "position", "kind", "slug", "territory"]},
        ),
    ]  # fmt: skip

    def read(self, publication: Page) -> Reading:
        return read_page(publication)

    @admin.display(description=gettext_lazy("menu"), ordering="menu")
    def menu_place(self, page: Page) -> str:
        if page.parent:
            return _("sous « %s »") % page.parent
        return page.get_menu_display()
