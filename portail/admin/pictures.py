"""The back-office of `images`, which lies too low to know what our lists share."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from images.domain.pictures import receive_picture, remove_picture
from images.enums import PictureState
from images.models import Picture
from images.web.forms import PictureFileField
from territoires.admin.base import OfficeAdmin, TodoFilter, badge, stand_for
from territoires.admin.pictures import thumbnail_of

TONES = {PictureState.WAITING: "warn", PictureState.READY: "ok", PictureState.REFUSED: "no"}
DESCRIBED = ["alternative", "alternative_en", "credit", "territory"]


class NewPictureForm(forms.ModelForm):  # type: ignore[type-arg]
    file = PictureFileField(label=gettext_lazy("Fichier"))

    class Meta:
        model = Picture
        fields = DESCRIBED


class PictureTodoFilter(TodoFilter):
    todos = {"refusees": (gettext_lazy("refusées"), "refused")}


@admin.register(Picture)
class PictureAdmin(OfficeAdmin):
    list_display = [
        "thumbnail", "alternative", "state_badge", "short_form", "credit", "received_at",
    ]  # fmt: skip
    list_display_links = ["alternative"]
    list_filter = ["state", PictureTodoFilter, "territory"]
    list_select_related = ["territory"]
    search_fields = ["alternative__unaccent", "credit__unaccent"]
    search_help_text = gettext_lazy("Ce que l’image montre, ou son crédit.")
    readonly_fields = ["thumbnail", "state_badge", "short_form", "refusal", "received_at"]

    def journal(self, *args: Any, **kwargs: Any) -> None:
        """Portraits are not listed here: what is left says nothing of anyone."""

    def get_form(
        self, request: HttpRequest, obj: Picture | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = NewPictureForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["file", *DESCRIBED]})]
        shown = ["thumbnail", "state_badge", "refusal", "short_form", "received_at"]
        return [(None, {"fields": [*shown, *DESCRIBED]})]

    def save_model(
        self,
        request: HttpRequest,
        obj: Picture,
        form: "forms.ModelForm[Picture]",
        change: bool,  # noqa: FBT001
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        picture = receive_picture(**form.cleaned_data)
        stand_for(obj, picture)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        remove_picture(picture=obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Picture]") -> None:
        for picture in queryset:
            remove_picture(picture=picture)

    # ---- Columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("vue"))
    def thumbnail(self, picture: Picture) -> SafeString | str:
        return thumbnail_of(picture) if picture.is_ready else self.empty_value_display

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, picture: Picture) -> SafeString:
        state = PictureState(picture.state)
        return badge(TONES[state], state.label)

    @admin.display(description=gettext_lazy("à écrire dans un texte"), ordering="pk")
    def short_form(self, picture: Picture) -> SafeString:
        return format_html("<code>![](image:{})</code>", picture.pk)
