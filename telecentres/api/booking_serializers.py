"""What the API says of a booking, and what is sent to make or move one."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from telecentres.domain.calendar import FIRST_DAY, LAST_DAY, Slot, day_of
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.enums import BookingState, LineKind, SpaceKind
from telecentres.models import Booking, Telecentre
from telecentres.models.extra import MOST_PIECES
from territoires.api.reading import ADDRESSES, AddressedSerializer, ReadingSerializer
from territoires.api.signed_in import Asked, ChoiceAsked

# Named in one booking.
MOST_EXTRAS = 20
PARIS_TIME = "in the time of Paris, with its offset."
WITH_OFFSET = "with its offset: 2027-03-01T09:00:00+01:00, or Z."


class TelecentreReferenceSerializer(ReadingSerializer):
    class Meta(ReadingSerializer.Meta):
        model = Telecentre
        fields = {"slug": "Its key, as in its address.", "name": "Its name."}


class SlotSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField(source="start", help_text=f"Its beginning, {PARIS_TIME}")
    ends_at = serializers.DateTimeField(source="end", help_text=f"Its end, {PARIS_TIME}")


class TakenSerializer(serializers.Serializer[Any]):
    """So many of an extra, at its price of when it was taken."""

    name = serializers.CharField(source="label", help_text="Its name when it was taken.")
    quantity = serializers.IntegerField(help_text="How many of it.")
    unit_price = serializers.DecimalField(
        max_digits=8, decimal_places=2, help_text="Price of one in euros, VAT included, of then."
    )


class BookingSerializer(AddressedSerializer):
    telecentre = TelecentreReferenceSerializer(source="space.telecentre")
    space = serializers.CharField(source="space.name")
    kind = serializers.ChoiceField(source="space.kind", choices=SpaceKind.choices)
    starts_at = serializers.DateTimeField(source="period.lower")
    ends_at = serializers.DateTimeField(source="period.upper")
    extras = serializers.SerializerMethodField()
    answer_before = serializers.SerializerMethodField()

    class Meta(AddressedSerializer.Meta):
        model = Booking
        fields = {
            "reference": "Its key, eight characters, as in its address.",
            "state": "Where it stands; `confirmed` and `requested` are the two it begins with.",
            "telecentre": "The place.",
            "space": "Name of the space.",
            "kind": "Kind of the space.",
            "starts_at": f"Its beginning, {PARIS_TIME}",
            "ends_at": f"Its end, {PARIS_TIME}",
            "people": "How many people come.",
            "note": "What its holder told the place; may be empty.",
            "price": "Price in euros, VAT included, as it was agreed; null if none was written.",
            "extras": "What was added to it.",
            "answer_before": f"While it waits for an answer, until when, {PARIS_TIME} Else null.",
            "booked_at": f"When it was made, {PARIS_TIME}",
            **ADDRESSES,
        }
        api_name = "api-booking"
        page_name = "own-booking"
        key = "reference"

    @extend_schema_field(TakenSerializer(many=True))
    def get_extras(self, booking: Booking) -> list[dict[str, Any]]:
        rows = [row for row in booking.lines.all() if row.kind == LineKind.EXTRA]
        return TakenSerializer(rows, many=True).data  # type: ignore[return-value]

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_answer_before(self, booking: Booking) -> str | None:
        is_waiting = booking.state in BookingState.awaiting()
        return _as_text(booking.answer_before) if is_waiting and booking.answer_before else None


def _as_text(at: datetime) -> str:
    return str(serializers.DateTimeField().to_representation(at))


class MomentField(serializers.DateTimeField):
    """With its offset: without one, an hour of the clock may be none, or two."""

    default_error_messages = {
        "naive": _("Dites aussi le décalage de l’heure, comme dans 2027-03-01T09:00:00+01:00."),
        "far": _("Choisissez un jour de 2000 à 2099."),
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("naive")
        at: datetime = super().enforce_timezone(value)
        # A day apart from either end: whatever the offset, it has neighbours.
        if not FIRST_DAY < day_of(at) < LAST_DAY:
            self.fail("far")
        return at


class SlotAsked(Asked):
    """A time in one of the spaces of a kind, or in the one space of that name."""

    kind = ChoiceAsked(
        choices=SpaceKind.choices,
        required=False,
        help_text="The first free space of that kind; not with `space`.",
    )
    space = serializers.CharField(
        max_length=80, required=False, help_text="The one space of that name; not with `kind`."
    )
    starts_at = MomentField(help_text=f"When one comes, {WITH_OFFSET}")
    ends_at = MomentField(help_text=f"When one leaves, {WITH_OFFSET}")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "kind" in attrs and "space" in attrs:
            raise serializers.ValidationError({"space": _("Dites kind ou space, pas les deux.")})
        attrs["slot"] = Slot(attrs.pop("starts_at"), attrs.pop("ends_at"))
        return attrs


class MoveAskedSerializer(SlotAsked):
    """Neither `kind` nor `space`: a space of the same kind, the same one if it is free."""


class ExtraAskedSerializer(Asked):
    """One that the place offers, by its name."""

    name = serializers.CharField(max_length=80, help_text="Its name, as the place tells it.")
    quantity = serializers.IntegerField(
        min_value=1, max_value=MOST_PIECES, default=1, help_text="How many of it."
    )


class ExtrasField(serializers.ListField):
    """What is wrong with one of them is said of them all: errors are sentences, by field."""

    child = ExtraAskedSerializer()

    def run_child_validation(self, data: Any) -> list[Any]:
        try:
            asked: list[Any] = super().run_child_validation(data)
        except serializers.ValidationError as error:
            sentences = [text for one in error.detail.values() for text in _sentences(one)]  # type: ignore[union-attr]
            raise serializers.ValidationError(sentences) from error
        return asked


def _sentences(errors: Any) -> list[str]:
    return [text for texts in errors.values() for text in texts]


class BookingAskedSerializer(SlotAsked):
    telecentre = serializers.CharField(max_length=130, help_text="Its `slug`.")
    people = serializers.IntegerField(
        min_value=1, max_value=MOST_PEOPLE, default=1, help_text="How many people come."
    )
    note = serializers.CharField(
        max_length=300, allow_blank=True, default="", help_text="What to tell the place."
    )
    extras = ExtrasField(
        max_length=MOST_EXTRAS, default=list, help_text="What to add, of the place's `extras`."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "kind" not in attrs and "space" not in attrs:
            raise serializers.ValidationError(
                {"kind": _("Dites une nature d’espace (kind), ou un espace par son nom (space).")}
            )
        return super().validate(attrs)
