"""What the API says of communes and host villages."""

from typing import Any

from rest_framework import serializers

from territoires.api.reading import ADDRESSES, AddressedSerializer, ReadingSerializer
from territoires.models import Commune, Epci, FormerCommune, HostVillage

DEGREES = "in degrees of WGS 84 (SRID 4326)."
COMMUNE = {
    "insee_code": "INSEE code of the commune, five characters: 09122, 2A004.",
    "name": "Its official name.",
}


class PositionSerializer(serializers.Serializer[Any]):
    longitude = serializers.FloatField(source="x", help_text=f"East, {DEGREES}")
    latitude = serializers.FloatField(source="y", help_text=f"North, {DEGREES}")


class PhotoSerializer(serializers.Serializer[Any]):
    """A picture and the words for those who don't see it; null until it is ready."""

    # The field asks what it is given for its address alone.
    url = serializers.ImageField(source="*", help_text="Address of the picture, a JPEG.")
    alternative = serializers.CharField(
        help_text="What it shows, in French, for who does not see it."
    )

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if instance.is_ready else None


class CommuneReferenceSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = Commune
        fields = COMMUNE


class FormerCommuneSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = FormerCommune
        fields = {
            "insee_code": "INSEE code that it had.",
            "name": "Name that it had: searches find the commune by it too.",
        }


class EpciSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = Epci
        fields = {
            "siren": "SIREN of the group of communes (EPCI), nine digits.",
            "name": "Its official name.",
        }


class CommuneSerializer(AddressedSerializer):
    department = serializers.CharField(source="department_id")
    epci = EpciSerializer(allow_null=True)
    area_ha = serializers.FloatField(allow_null=True)
    centre = PositionSerializer(allow_null=True)
    former_communes = FormerCommuneSerializer(many=True)

    class Meta(AddressedSerializer.Meta):
        model = Commune
        fields = {
            **COMMUNE,
            "department": "Code of its department: 09, 2A, 974.",
            "epci": "The group of communes it belongs to; null for none.",
            "postcodes": "Its postcodes, five digits each.",
            "population": "Inhabitants (municipal population of INSEE); null if not known.",
            "population_year": "Year of that population.",
            "area_ha": "Area in hectares; null if not known.",
            "centre": "Its centre; null if not known.",
            "former_communes": "Communes that were merged into it.",
            "source": "Where this comes from, to be named when you publish it.",
            "vintage": "Year of the official geographic code it is taken from; null if not known.",
            **ADDRESSES,
        }
        api_name = "api-commune"
        page_name = "commune"
        key = "insee_code"


class VillageSerializer(AddressedSerializer):
    commune = CommuneReferenceSerializer()
    centre = PositionSerializer(source="commune.centre", allow_null=True)
    photo = PhotoSerializer(allow_null=True)

    class Meta(AddressedSerializer.Meta):
        model = HostVillage
        fields = {
            "slug": "Its key, as in its address.",
            "kind": "Its commitment: the whole of it (host), or part of it (associated).",
            "commune": "The commune that committed itself.",
            "committed_on": "Day of the commitment.",
            "commitment_ends_on": "Last day of the commitment; null while none is set.",
            "welcome": "Its words of welcome, in French; may be empty.",
            "welcome_en": "The same in English; may be empty.",
            "photo": "Its picture; null for none.",
            "centre": "The commune's centre; null if not known.",
            **ADDRESSES,
        }
        api_name = "api-village"
        page_name = "village"
        key = "slug"
