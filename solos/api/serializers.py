from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from rest_framework import serializers
from rest_framework.request import Request

from solos.enums import PublicField
from solos.models import Sector, Solo, Trade
from territoires.api.reading import AddressedSerializer, ReadingSerializer
from territoires.api.serializers import CommuneReferenceSerializer

ADDRESSES = {"url": "api-solo", "page": "solo"}
LISTS = {PublicField.SKILLS, PublicField.LANGUAGES, PublicField.LINKS}


class SectorSerializer(ReadingSerializer):
    class Meta:
        model = Sector
        fields = ["slug", "name", "name_en"]


class TradeSerializer(ReadingSerializer):
    sector = SectorSerializer()

    class Meta:
        model = Trade
        fields = ["slug", "name", "name_en", "sector"]


class SoloSerializer(AddressedSerializer):
    """The open fields and no other; what is empty and what is not agreed to look the same.

    A new field reaches the public by entering PublicField, so by a consent, and no other way.
    """

    trade = TradeSerializer(allow_null=True)
    commune = CommuneReferenceSerializer(allow_null=True)
    photo = serializers.ImageField(allow_null=True)
    phone = serializers.SerializerMethodField()
    takes_clients = serializers.BooleanField(allow_null=True)

    class Meta(AddressedSerializer.Meta):
        model = Solo
        fields = ["slug", *PublicField.values, "url", "page"]
        extra_kwargs = {
            field.value: {"allow_null": True} for field in PublicField if field not in LISTS
        }
        api_name = ADDRESSES["url"]
        page_name = ADDRESSES["page"]
        key = "slug"

    def get_phone(self, solo: Solo) -> str | None:
        return told_number(solo.phone)

    def to_representation(self, instance: Solo) -> dict[str, Any]:
        described: dict[str, Any] = super().to_representation(instance)
        for field in PublicField:
            if not instance.opens(field):
                described[field.value] = [] if field in LISTS else None
        return described


def told_number(number: Any) -> str | None:
    """A telephone number in E.164; None for one that does not exist."""
    return number.as_e164 if number and number.is_valid() else None


def with_addresses(described: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    """The rows of `solos.api.listing` with whole addresses, as the serializer gives them."""
    site = request.build_absolute_uri("/").removesuffix("/")
    with translation.override(settings.LANGUAGE_CODE):
        names = {name: reverse(view, args=["-"]) for name, view in ADDRESSES.items()}
    for row in described:
        if row["photo"]:
            row["photo"] = request.build_absolute_uri(row["photo"])
        for name, address in names.items():
            row[name] = f"{site}{address.removesuffix('-/')}{row['slug']}/"
    return described
