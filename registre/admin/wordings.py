"""The words that people agree to: added by administrators, never rewritten."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registre.admin.journaling import JournaledAdmin
from registre.models import ConsentWording


@admin.register(ConsentWording)
class ConsentWordingAdmin(JournaledAdmin):
    list_display = ["version", "use", "since"]
    list_filter = ["use"]
    search_fields = ["version", "text"]
    fieldsets = [
        (
            None,
            {
                "fields": ["use", "version", "since", "text", "text_en"],
                "description": _(
                    "Une fois enregistré, un texte ne change plus : il prouve ce que les "
                    "personnes ont accepté. Pour en changer, ajoutez une version."
                ),
            },
        )
    ]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
