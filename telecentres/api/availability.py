"""What is left to book in a telecentre on one day, as its page shows it: numbers, never who."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.utils import translate_validation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from telecentres.api.booking_serializers import PARIS_TIME
from telecentres.domain.availability import Plan, day_offers, read_plan
from telecentres.domain.calendar import WITHIN_CALENDAR, day_of, whole_day
from telecentres.domain.errors import BookingRefusal
from telecentres.domain.refusals import explain
from telecentres.domain.rules import MOST_PEOPLE, check_slot
from telecentres.enums import BookingUnit, SpaceKind
from telecentres.models import Telecentre
from territoires.api.filters import NamedChoiceField
from territoires.api.public import PublicReading, described, territory_of


class Question(forms.Form):
    kind = NamedChoiceField(choices=SpaceKind.choices, required=False)
    day = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=WITHIN_CALENDAR,
        error_messages={"invalid": _("Donnez un jour qui existe, écrit comme 2027-03-01.")},
    )
    people = forms.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)


class OfferSerializer(serializers.Serializer[Any]):
    unit = serializers.ChoiceField(
        choices=BookingUnit.choices, help_text="The length of time it is let for."
    )
    starts_at = serializers.DateTimeField(
        source="slot.start", help_text=f"Its beginning, {PARIS_TIME}"
    )
    ends_at = serializers.DateTimeField(source="slot.end", help_text=f"Its end, {PARIS_TIME}")
    free = serializers.IntegerField(help_text="How many spaces are free all that time.")
    total = serializers.IntegerField(help_text="Out of how many that one may book then.")


class AvailabilitySerializer(serializers.Serializer[Any]):
    day = serializers.DateField(help_text="The day in Paris that this is about.")
    kind = serializers.ChoiceField(choices=SpaceKind.choices, help_text="The kind of space.")
    is_open = serializers.BooleanField(help_text="True if the place is open at some time that day.")
    why = serializers.CharField(
        help_text="Why it is closed, or why nothing is offered: a public holiday, what the place"
        " says of the day, too far ahead… Empty if there is nothing to say."
    )
    offers = OfferSerializer(
        many=True, help_text="What one may ask for that day; taken ones too, with none free."
    )


@described(
    _("Ce qui reste à réserver dans un télécentre, un jour, par nature d’espace"),
    OpenApiParameter(
        "kind", str, enum=SpaceKind.values, description=_("Un poste si rien n’est dit.")
    ),
    OpenApiParameter("day", OpenApiTypes.DATE, description=_("Aujourd’hui si rien n’est dit.")),
    OpenApiParameter("people", int, description=_("Une personne si rien n’est dit.")),
)
class Availability(PublicReading, GenericAPIView[Telecentre]):
    queryset = Telecentre.objects.all()
    serializer_class = AvailabilitySerializer
    lookup_field = "slug"
    parameters = frozenset({"kind", "day", "people"})

    def known_parameters(self) -> frozenset[str]:
        """It speaks JSON alone."""
        return self.parameters

    def get(self, request: Request, slug: str) -> Response:
        places = Telecentre.objects.in_territory(territory_of(request)).public()
        place = get_object_or_404(places.select_related("commune").defer("words"), slug=slug)
        question = Question(request.query_params)
        if not question.is_valid():
            raise translate_validation(question.errors)
        asked, now = question.cleaned_data, timezone.now()
        day: date = asked["day"] or day_of(now)
        kind = asked["kind"] or SpaceKind.DESK
        rows = place.spaces.bookable().filter(kind=kind).smallest_first()
        plan = read_plan(place, list(rows) if place.is_bookable else [], day, day)
        people = asked["people"] or 1
        offers = day_offers(plan, day, people=people, now=now)
        answer = {
            "day": day,
            "kind": kind,
            "is_open": plan.on(day).is_open,
            "why": plan.on(day).why if offers else _why_nothing(place, plan, day, people, now),
            "offers": offers,
        }
        return Response(self.get_serializer(answer).data)


def _why_nothing(place: Telecentre, plan: Plan, day: date, people: int, now: datetime) -> str:
    """What would be answered to whoever asked for the whole day all the same."""
    opened = plan.on(day)
    if place.is_bookable and not opened.is_open:
        return opened.why
    try:
        check_slot(
            telecentre=place,
            spaces=plan.spaces,
            slot=opened.whole if opened.is_open else whole_day(day),
            people=people,
            now=now,
            opening=plan.opening,
        )
    except BookingRefusal as refusal:
        return explain(refusal)
    return opened.why
