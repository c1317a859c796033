"""Records that one picture illustrates: chosen among the territory's, or sent from their form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from images.domain.pictures import receive_picture
from images.models import Picture
from images.web.forms import PictureFileField
from territoires.models import Territory

SENDING = ("new_photo", "new_photo_words")


def picture_refusal(picture: Picture | None, territory: Territory | None) -> str | None:
    """Why a record of the territory can't show this picture, in words; None when it can."""
    if picture is None or territory is None or picture.territory_id == territory.pk:
        return None
    return _("Cette image est d’un autre territoire.")


def thumbnail_of(picture: Picture, words: str = "") -> SafeString:
    """A ready picture at the size of a stamp; `words` where nothing beside it says what it is."""
    return format_html(
        '<img class="thumbnail" src="{}" srcset="{}" sizes="7rem" alt="{}" loading="lazy">',
        picture.url,
        picture.srcset,
        words,
    )


class IllustratedForm(forms.ModelForm):  # type: ignore[type-arg]
    new_photo = PictureFileField(label=gettext_lazy("Nouvelle photo"), required=False)
    new_photo_words = forms.CharField(
        label=gettext_lazy("Ce que la photo montre"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("En une phrase, pour qui ne la voit pas."),
        widget=forms.TextInput({"class": "vTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("new_photo") and not data.get("new_photo_words"):
            words = _("Décrivez la photo pour ceux qui ne la voient pas.")
            self.add_error("new_photo_words", words)
        territory = data.get("territory") or getattr(self.instance, "territory", None)
        if refusal := picture_refusal(data.get("photo"), territory):
            self.add_error("photo", refusal)
        return data


class IllustratedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Whoever may not search the pictures of the territory sends their own from the form."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        chooses = "photo" not in self.get_readonly_fields(request, obj)
        if chooses or not self.has_change_permission(request, obj):
            return fieldsets
        return [(name, options | {"fields": _sending(options)}) for name, options in fieldsets]

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: "forms.ModelForm[Any]",
        change: bool,  # noqa: FBT001
    ) -> None:
        file = form.cleaned_data.get("new_photo")
        if isinstance(file, UploadedFile):
            sent: Any = obj
            words = form.cleaned_data["new_photo_words"]
            sent.photo = receive_picture(territory=sent.territory, file=file, alternative=words)
        super().save_model(request, obj, form, change)


def _sending(options: Any) -> list[Any]:
    """The fields of a part of the form; behind the photo, those that send another."""
    fields = list(options["fields"])
    if "photo" in fields:
        place = fields.index("photo") + 1
        fields[place:place] = SENDING
    return fields
