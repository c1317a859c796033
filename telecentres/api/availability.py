"""What is left to book in a telecentre on one day, as its page shows it: numbers, never who."""

from datetime import date
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

from telecentres.domain.availability import day_offers, read_plan
from telecentres.domain.calendar import WITHIN_CALENDAR, day_of
from telecentres.domain.rules import MOST_PEOPLE
from telecentres.enums import BookingUnit, SpaceKind
from telecentres.models import Telecentre
from territoires.api.public import PublicReading, described, territory_of


class Question(forms.Form):
    kind = forms.ChoiceField(choices=SpaceKind.choices, required=False)
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"], validators=WITHIN_CALENDAR)
    people = forms.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)


class OfferSerializer(serializers.Serializer[Any]):
    """`free` of the `total` spaces that one may book are left; hours are those of Paris."""

    unit = serializers.ChoiceField(choices=BookingUnit.choices)
    starts_at = serializers.DateTimeField(source="slot.start")
    ends_at = serializers.DateTimeField(source="slot.end")
    free = serializers.IntegerField()
    total = serializers.IntegerField()


class AvailabilitySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    kind = serializers.ChoiceField(choices=SpaceKind.choices)
    is_open = serializers.BooleanField()
    # A public holiday, or what the place says of the day.
    why = serializers.CharField()
    offers = OfferSerializer(many=True)


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
        places = Telecentre.objects.in_territory(territory_of(request)).bookable()
        place = get_object_or_404(places.select_related("commune").defer("words"), slug=slug)
        question = Question(request.query_params)
        if not question.is_valid():
            raise translate_validation(question.errors)
        asked, now = question.cleaned_data, timezone.now()
        day: date = asked["day"] or day_of(now)
        kind = asked["kind"] or SpaceKind.DESK
        spaces = list(place.spaces.bookable().filter(kind=kind).smallest_first())
        plan = read_plan(place, spaces, day, day)
        opened = plan.on(day)
        answer = {
            "day": day,
            "kind": kind,
            "is_open": opened.is_open,
            "why": opened.why,
            "offers": day_offers(plan, day, people=asked["people"] or 1, now=now),
        }
        return Response(self.get_serializer(answer).data)
