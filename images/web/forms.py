"""The field by which a picture is sent: refused there and then when it can be."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from images.domain.errors import PictureRefused
from images.domain.inspection import inspect_picture
from images.domain.refusals import sentence


class PictureFileField(forms.FileField):
    default_help = _("JPEG, PNG ou WebP, 12 Mo et 40 mégapixels au plus.")

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", self.default_help)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,image/webp"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            try:
                inspect_picture(file)
            except PictureRefused as refusal:
                raise ValidationError(str(sentence(refusal)), code="refused") from refusal
        return file
