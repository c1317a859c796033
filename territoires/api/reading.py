"""What every row of the API is written with."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from rest_framework import serializers

# The last two fields of every row that has a page.
ADDRESSES = {
    "url": "Its address in this API.",
    "page": "The address of its page for people, in French.",
}


class ReadingSerializer(serializers.ModelSerializer[Any]):
    """Every field is always there, and none can be written.

    `Meta.fields` says of each what it is, in English and with its unit: the OpenAPI document tells
    it to whoever writes a program.
    """

    class Meta:
        fields: dict[str, str]

    # An address may be empty: as a text it is described rightly.
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.EmailField: serializers.CharField,
        models.URLField: serializers.CharField,
    }

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        return list(self.Meta.fields)

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            field.read_only, field.required = True, False
            # Not the model's advice, which is for who fills a form in.
            field.help_text = self.Meta.fields[name]
        return fields


class AddressedSerializer(ReadingSerializer):
    """A row with its address in the API and that of its page for people."""

    url = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()

    class Meta(ReadingSerializer.Meta):
        api_name: str
        page_name: str
        key: str

    def get_url(self, row: Any) -> str:
        return self._absolute(reverse(self.Meta.api_name, args=[getattr(row, self.Meta.key)]))

    def get_page(self, row: Any) -> str:
        # In French, whatever language errors speak: one answer serves every reader.
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse(self.Meta.page_name, args=[getattr(row, self.Meta.key)])
        return self._absolute(path)

    def _absolute(self, path: str) -> str:
        address: str = self.context["request"].build_absolute_uri(path)
        return address
