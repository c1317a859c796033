"""What the API says of communes and host villages."""

from typing import Any

from rest_framework import serializers

from territoires.api.reading import AddressedSerializer, ReadingSerializer
from territoires.models import Commune, Epci, FormerCommune, HostVillage


class PositionSerializer(serializers.Serializer[Any]):
    longitude = serializers.FloatField(source="x")
    latitude = serializers.FloatField(source="y")


class PhotoSerializer(serializers.Serializer[Any]):
    """A picture and the words for those who don't see it; null until it is ready."""

    # The field asks what it is given for its address alone.
    url = serializers.ImageField(source="*")
    alternative = serializers.CharField()

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if instance.is_ready else None


class CommuneReferenceSerializer(ReadingSerializer):
    class Meta:
        model = Commune
        fields = ["insee_code", "name"]


class FormerCommuneSerializer(ReadingSerializer):
    class Meta:
        model = FormerCommune
        fields = ["insee_code", "name"]


class EpciSerializer(ReadingSerializer):
    class Meta:
        model = Epci
        fields = ["siren", "name"]


class CommuneSerializer(AddressedSerializer):
    department = serializers.CharField(source="department_id")
    epci = EpciSerializer(allow_null=True)
    area_ha = serializers.FloatField(allow_null=True)
    centre = PositionSerializer(allow_null=True)
    former_communes = FormerCommuneSerializer(many=True)

    class Meta(AddressedSerializer.Meta):
        model = Commune
        fields = [
            "insee_code",
            "name",
            "department",
            "epci",
            "postcodes",
            "population",
            "population_year",
            "area_ha",
            "centre",
            "former_communes",
            "source",
            "vintage",
            "url",
            "page",
        ]
        api_name = "api-commune"
        page_name = "commune"
        key = "insee_code"


class VillageSerializer(AddressedSerializer):
    commune = CommuneReferenceSerializer()
    centre = PositionSerializer(source="commune.centre", allow_null=True)
    photo = PhotoSerializer(allow_null=True)

    class Meta(AddressedSerializer.Meta):
        model = HostVillage
        fields = [
            "slug",
            "kind",
            "commune",
            "committed_on",
            "commitment_ends_on",
            "welcome",
            "welcome_en",
            "photo",
            "centre",
            "url",
            "page",
        ]
        api_name = "api-village"
        page_name = "village"
        key = "slug"
