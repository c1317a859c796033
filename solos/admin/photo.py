"""The photo in a solo's form: sent or taken away there, never chosen among others."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from images.web.forms import PictureFileField
from solos.domain.errors import AlreadyWithdrawn
from solos.domain.portrait import remove_photo, set_photo
from solos.models import Solo
from territoires.admin.pictures import thumbnail_of

PHOTO_FIELDS = ["new_photo", "remove_photo"]


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]
    new_photo = PictureFileField(label=gettext_lazy("Nouvelle photo"), required=False)
    remove_photo = forms.BooleanField(label=gettext_lazy("Retirer la photo"), required=False)


class PhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def get_form(
        self, request: HttpRequest, obj: Solo | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if obj is not None:
            kwargs["form"] = PhotoForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Solo | None = None) -> Any:
        """Whoever only reads has no box to send a file with."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                name,
                options | {"fields": [one for one in options["fields"] if one not in PHOTO_FIELDS]},
            )
            for name, options in fieldsets
        ]

    def save_photo(self, request: HttpRequest, solo: Solo, form: Any) -> None:
        file, is_removed = (form.cleaned_data.get(name) for name in PHOTO_FIELDS)
        try:
            if file:
                solo.photo = set_photo(solo=solo, file=file).photo
            elif is_removed:
                solo.photo = remove_photo(solo=solo).photo
        except AlreadyWithdrawn:
            messages.error(request, _("Cette personne s’est retirée : recensez-la de nouveau."))

    def delete_model(self, request: HttpRequest, obj: Solo) -> None:
        remove_photo(solo=obj)
        super().delete_model(request, obj)

    @admin.display(description=gettext_lazy("photo"))
    def photo_shown(self, solo: Solo) -> SafeString | str:
        photo = solo.photo
        if photo is None:
            return str(self.get_empty_value_display())
        if not photo.is_ready:
            state: str = photo.get_state_display()
            return f"{state}\N{NO-BREAK SPACE}: {_(photo.refusal)}" if photo.refusal else state
        return thumbnail_of(photo, photo.alternative)
