from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from rest_framework import serializers
from rest_framework.request import Request

from solos.enums import PublicField
from solos.models import Sector, Solo, Trade
from territoires.api import reading
from territoires.api.reading import AddressedSerializer, ReadingSerializer
from territoires.api.serializers import CommuneReferenceSerializer

ADDRESSES = {"url": "api-solo", "page": "solo"}
NAMES = {"name": "Its name in French.", "name_en": "Its name in English; may be empty."}
# What is empty and what the person did not agree to open look the same.
SAID = {
    PublicField.NAME: "First name and last name; null if not opened.",
    PublicField.TRADE_NAME: "Name of the business; null if not opened.",
    PublicField.STATUS: "How the person earns their living; null if not opened.",
    PublicField.TRADE: "Their trade; null if not opened.",
    PublicField.COMMUNE: "The commune they live in; null if not opened.",
    PublicField.SKILLS: "What they can do, in their own words; [] if not opened.",
    PublicField.LANGUAGES: "Languages they speak, codes of ISO 639: fr, en; [] if not opened.",
    PublicField.PRESENTATION: "How they present themselves; null if not opened.",
    PublicField.PHOTO: "Address of their picture, a JPEG; null if not opened.",
    PublicField.WEBSITE: "Their web site; null if not opened.",
    PublicField.LINKS: "Other addresses of theirs on the web; [] if not opened.",
    PublicField.PHONE: "Telephone, in E.164: +33561000000; null if not opened.",
    PublicField.EMAIL: "E-mail address; null if not opened.",
    PublicField.WORK_PLACE: "Where they work; null if not opened.",
    PublicField.OFFERS: "What they offer to others; null if not opened.",
    PublicField.SEEKS: "What they look for; null if not opened.",
    PublicField.TAKES_CLIENTS: "True if they take new clients; null if not, or not opened.",
    PublicField.ARRIVED_IN: "Year of their arrival in the territory; null if not opened.",
    PublicField.CAME_FROM: "Where they came from; null if not opened.",
}
LISTS = {PublicField.SKILLS, PublicField.LANGUAGES, PublicField.LINKS}


class SectorSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = Sector
        fields = {"slug": "Its key, for `?sector=`."} | NAMES


class TradeSerializer(ReadingSerializer):
    sector = SectorSerializer()

    class Meta(ReadingSerializer.Meta):
        model = Trade
        fields = {
            "slug": "Its key, for `?trade=`.",
            **NAMES,
            "sector": "The sector it belongs to.",
        }


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
        fields = {
            "slug": "Their key, as in their address.",
            **{field.value: SAID[field] for field in PublicField},
            **reading.ADDRESSES,
        }
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
