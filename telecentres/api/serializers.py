from rest_framework import serializers

from telecentres.models import Extra, OpeningHours, Space, Tariff, Telecentre
from territoires.api.reading import AddressedSerializer, ReadingSerializer
from territoires.api.serializers import (
    CommuneReferenceSerializer,
    PhotoSerializer,
    PositionSerializer,
)


class SpaceSerializer(ReadingSerializer):
    class Meta:
        model = Space
        fields = ["name", "kind", "capacity", "units", "needs_approval"]


class OpeningHoursSerializer(ReadingSerializer):
    """`weekday` counts from 1, Monday; times are the clock's, Europe/Paris."""

    opens_at = serializers.TimeField(format="%H:%M")
    closes_at = serializers.TimeField(format="%H:%M")

    class Meta:
        model = OpeningHours
        fields = ["weekday", "opens_at", "closes_at"]


class TariffSerializer(ReadingSerializer):
    """Euros, VAT included, for one length of time; `group` is empty for everyone's price."""

    group = serializers.CharField(source="group.name", default="")

    class Meta:
        model = Tariff
        fields = ["kind", "unit", "price", "group"]


class ExtraSerializer(ReadingSerializer):
    """Euros, VAT included; 0 is included in the price of the space.

    `per` says what is counted, `notice` how many hours ahead to ask; without `kinds`, it goes with
    every space.
    """

    class Meta:
        model = Extra
        fields = ["name", "kind", "description", "price", "per", "notice", "kinds"]


class TelecentreSerializer(AddressedSerializer):
    commune = CommuneReferenceSerializer()
    managed_by = serializers.SerializerMethodField()
    position = PositionSerializer(source="point")
    position_precision = serializers.CharField(source="point_precision")
    services = serializers.ListField(source="service_list", child=serializers.CharField())
    equipment = serializers.ListField(source="equipment_list", child=serializers.CharField())
    download_mbps = serializers.FloatField(allow_null=True)
    upload_mbps = serializers.FloatField(allow_null=True)
    spaces = SpaceSerializer(many=True)
    opening_hours = OpeningHoursSerializer(many=True)
    tariffs = TariffSerializer(many=True)
    extras = ExtraSerializer(many=True)
    photo = PhotoSerializer(allow_null=True)

    class Meta(AddressedSerializer.Meta):
        model = Telecentre
        fields = [
            "slug",
            "name",
            "kind",
            "state",
            "managed_by",
            "commune",
            "address",
            "position",
            "position_precision",
            "presentation",
            "presentation_en",
            "services",
            "equipment",
            "by_train",
            "by_bus",
            "parking",
            "step_free",
            "access",
            "connection",
            "download_mbps",
            "upload_mbps",
            "measured_on",
            "office_area_m2",
            "shared_area_m2",
            "opened_on",
            "is_neighbour",
            "takes_bookings",
            "email",
            "phone",
            "website",
            "spaces",
            "opening_hours",
            "tariffs",
            "extras",
            "photo",
            "source",
            "url",
            "page",
        ]
        api_name = "api-telecentre"
        page_name = "telecentre"
        key = "slug"

    def get_managed_by(self, telecentre: Telecentre) -> str | None:
        manager = telecentre.managing_organisation
        return manager.name if manager else None
