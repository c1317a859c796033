from rest_framework import serializers

from telecentres.enums import PointPrecision
from telecentres.models import Extra, OpeningHours, Space, Tariff, Telecentre
from territoires.api.reading import ADDRESSES, AddressedSerializer, ReadingSerializer
from territoires.api.serializers import (
    CommuneReferenceSerializer,
    PhotoSerializer,
    PositionSerializer,
)


class SpaceSerializer(ReadingSerializer):
    equipment = serializers.ListField(source="equipment_list", child=serializers.CharField())

    class Meta(ReadingSerializer.Meta):
        model = Space
        fields = {
            "name": "Its name, once in the place: `space` of a booking.",
            "kind": "What it is: `kind` of a booking.",
            "capacity": "How many people it holds.",
            "equipment": "What is in it, in French.",
            "units": "Lengths of time it is let for; [] if it is shown and never booked.",
            "needs_approval": "True if the place answers each request before it is confirmed.",
        }


class OpeningHoursSerializer(ReadingSerializer):
    opens_at = serializers.TimeField(format="%H:%M")
    closes_at = serializers.TimeField(format="%H:%M")

    class Meta(ReadingSerializer.Meta):
        model = OpeningHours
        fields = {
            "weekday": "ISO 8601 day of the week: 1 is Monday, 7 is Sunday.",
            "opens_at": "Time on the clock in Paris, HH:MM.",
            "closes_at": "Time on the clock in Paris, HH:MM.",
        }


class TariffSerializer(ReadingSerializer):
    group = serializers.CharField(source="group.name", default="")

    class Meta(ReadingSerializer.Meta):
        model = Tariff
        fields = {
            "kind": "The kind of space.",
            "unit": "The length of time that the price is for.",
            "price": "Price in euros, VAT included.",
            "group": "Whose price it is: name of a group of people; empty for everyone's.",
        }


class ExtraSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = Extra
        fields = {
            "name": "Its name, once in the place: `extras[].name` of a booking.",
            "kind": "What it is.",
            "description": "More about it, in French; may be empty.",
            "price": "Price of one in euros, VAT included; 0.00 goes with the space's own price.",
            "per": "What one counts: the booking, each person, or each piece.",
            "notice": "Hours ahead of the booking, until which one may ask for it.",
            "kinds": "Kinds of spaces it goes with; [] for all of them.",
        }


class TelecentreSerializer(AddressedSerializer):
    commune = CommuneReferenceSerializer()
    managed_by = serializers.SerializerMethodField()
    position = PositionSerializer(source="point")
    position_precision = serializers.ChoiceField(
        source="point_precision", choices=PointPrecision.choices
    )
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
        fields = {
            "slug": "Its key, as in its address: `telecentre` of a booking.",
            "name": "Its name.",
            "kind": "What sort of place it is.",
            "state": "Open, or planned and not yet there.",
            "managed_by": "Name of the organisation that runs it; null if not known.",
            "commune": "The commune it stands in.",
            "address": "Street and number, without the commune; may be empty.",
            "position": "Where it stands.",
            "position_precision": "How far to believe it.",
            "presentation": "What it says of itself, in French; may be empty.",
            "presentation_en": "The same in English; may be empty.",
            "services": "What one is offered there, in French.",
            "equipment": "What is there for everyone, in French.",
            "by_train": "How to come by train, in French; empty if not known.",
            "by_bus": "How to come by bus, in French; empty if not known.",
            "parking": "Where to park, in French; empty if not known.",
            "step_free": "Whether one comes in and works without a step; empty if not known.",
            "access": "What else to know before coming, in French; may be empty.",
            "connection": "What carries its connection to the Internet; empty if not known.",
            "download_mbps": "Measured download rate, in Mbit/s; null if not measured.",
            "upload_mbps": "Measured upload rate, in Mbit/s; null if not measured.",
            "measured_on": "Day on which the rates were measured; null if they were not.",
            "office_area_m2": "Closed offices, in square metres; null if not known.",
            "shared_area_m2": "Shared rooms, in square metres; null if not known.",
            "opened_on": "Day on which it opened; null if not known.",
            "is_neighbour": "True outside the territory: shown for who lives near, never booked"
            " here.",
            "takes_bookings": "True if it is booked online; else call it.",
            "takes_visitors": "True if one may book on the site without an account.",
            "email": "E-mail address of the place; may be empty.",
            "phone": "Telephone of the place, as it writes it; may be empty.",
            "website": "Web site of the place; may be empty.",
            "spaces": "What one works in.",
            "opening_hours": "Its week all year round; seasons and days apart are told by"
            " `availability/`.",
            "tariffs": "What a space costs, by kind and length of time.",
            "extras": "What one may add to a booking.",
            "photo": "Its picture; null for none.",
            "source": "Where this comes from; may be empty.",
            **ADDRESSES,
        }
        api_name = "api-telecentre"
        page_name = "telecentre"
        key = "slug"

    def get_managed_by(self, telecentre: Telecentre) -> str | None:
        manager = telecentre.managing_organisation
        return manager.name if manager else None
