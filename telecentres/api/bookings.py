"""One's own bookings, for a program: read, make, move, give back. Another's never were."""

from collections import Counter
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from comptes.models import User
from telecentres.api.booking_serializers import (
    BookingAskedSerializer,
    BookingSerializer,
    MoveAskedSerializer,
    SlotSerializer,
)
from telecentres.domain.answers import cancel_booking
from telecentres.domain.availability import nearest_free
from telecentres.domain.booking import book_space
from telecentres.domain.errors import BookingRefusal, NoLongerPossible, OutsideHours, SlotTaken
from telecentres.domain.moving import move_booking
from telecentres.domain.refusals import explain
from telecentres.enums import BookingOrigin
from telecentres.models import Booking, Space, Telecentre
from territoires.api.pagination import KeysetPagination
from territoires.api.public import territory_of
from territoires.api.signed_in import Asked, SignedIn

# Another moment of the same length would do.
MOVABLE = (SlotTaken, OutsideHours)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy(
        "De 8 à 100 signes, neufs à chaque demande : répétée, elle est la même."
    ),
)


class Bookings(SignedIn, GenericAPIView[Booking]):
    queryset = Booking.objects.all()
    serializer_class = BookingSerializer
    lookup_field = "reference"

    def get_queryset(self) -> QuerySet[Booking]:
        """One's own on this site, the latest made first."""
        mine = Booking.objects.in_territory(territory_of(self.request)).held_by(self.request.user)
        return mine.with_all_told().prefetch_related("lines").order_by("-pk")

    @property
    def holder(self) -> User:
        return cast("User", self.request.user)

    def asked(self, serializer: type[Asked]) -> dict[str, Any]:
        given = serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        asked: dict[str, Any] = given.validated_data
        return asked

    def told(self, booking: Booking, **answer: Any) -> Response:
        return Response(self.get_serializer(booking).data, **answer)


@extend_schema_view(
    get=extend_schema(summary=gettext_lazy("Mes réservations, les dernières faites d’abord")),
    post=extend_schema(
        summary=gettext_lazy("Réserver un espace"),
        request=BookingAskedSerializer,
        responses={201: BookingSerializer},
        parameters=[KEY],
    ),
)
class BookingList(Bookings, ListAPIView[Booking]):
    http_method_names = ["get", "head", "post", "options"]
    pagination_class = KeysetPagination

    def known_parameters(self) -> frozenset[str]:
        is_reading = self.request.method != "POST"
        return KeysetPagination.parameters if is_reading else frozenset()

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.get_queryset()) or []
        links = cast("KeysetPagination", self.paginator).links()
        return Response({**links, "results": self.get_serializer(rows, many=True).data})

    def post(self, request: Request) -> Response:
        asked = self.asked(BookingAskedSerializer)
        wanted = _wanted(_place(request, asked["telecentre"]), asked, asked["people"])
        try:
            booking = book_space(
                **wanted,
                holder=self.holder,
                note=asked["note"],
                extras=_extras(wanted["telecentre"], asked["extras"]),
                origin=BookingOrigin.API,
            )
        except BookingRefusal as refusal:
            return _refused(refusal, wanted)
        answer = self.told(booking, status=201)
        answer["Location"] = answer.data["url"]
        return answer


@extend_schema_view(get=extend_schema(summary=gettext_lazy("Une de mes réservations")))
class BookingDetail(Bookings, RetrieveAPIView[Booking]):
    http_method_names = ["get", "head", "options"]


@extend_schema_view(
    post=extend_schema(
        summary=gettext_lazy("Annuler une de mes réservations"),
        request=None,
        responses={200: BookingSerializer},
        parameters=[KEY],
    )
)
class BookingCancel(Bookings):
    http_method_names = ["post", "options"]

    def post(self, _request: Request, reference: str) -> Response:
        try:
            return self.told(cancel_booking(booking=self.get_object(), author=self.holder))
        except NoLongerPossible as refusal:
            return _refused(refusal)


@extend_schema_view(
    post=extend_schema(
        summary=gettext_lazy("Déplacer une de mes réservations, dans le même lieu"),
        request=MoveAskedSerializer,
        responses={200: BookingSerializer},
        parameters=[KEY],
    )
)
class BookingMove(Bookings):
    http_method_names = ["post", "options"]

    def post(self, _request: Request, reference: str) -> Response:
        booking, asked = self.get_object(), self.asked(MoveAskedSerializer)
        same_kind = {"kind": booking.space.kind}
        wanted = _wanted(booking.space.telecentre, same_kind | asked, booking.people)
        held = {"spaces": wanted["spaces"], "slot": wanted["slot"]}
        try:
            return self.told(move_booking(booking=booking, author=self.holder, **held))
        except BookingRefusal as refusal:
            return _refused(refusal, wanted)


def _place(request: Request, slug: str) -> Telecentre:
    places = Telecentre.objects.in_territory(territory_of(request)).public()
    place = places.select_related("commune").defer("words").filter(slug=slug).first()
    if place is None:
        raise ValidationError({"telecentre": [_("Il n’y a pas de télécentre de ce nom.")]})
    return place


def _wanted(place: Telecentre, asked: dict[str, Any], people: int) -> dict[str, Any]:
    """In the words of the domain."""
    spaces = _spaces(place, asked)
    return {"telecentre": place, "spaces": spaces, "slot": asked["slot"], "people": people}


def _spaces(place: Telecentre, asked: dict[str, Any]) -> list[Space]:
    """Those of the kind, in the order in which they are taken; the one of a name alone."""
    if "space" not in asked:
        return list(place.spaces.bookable().filter(kind=asked["kind"]).smallest_first())
    named = list(place.spaces.filter(name=asked["space"]))
    if not named:
        raise ValidationError({"space": [_("Il n’y a pas d’espace de ce nom dans ce lieu.")]})
    return named


def _extras(place: Telecentre, asked: list[dict[str, Any]]) -> dict[int, int]:
    """How many of each, by key."""
    keys = dict(place.extras.offered().values_list("name", "pk")) if asked else {}
    wanted: Counter[int] = Counter()
    for one in asked:
        if one["name"] not in keys:
            raise ValidationError({"extras": [_("Ce lieu ne propose rien de ce nom en plus.")]})
        wanted[keys[one["name"]]] += one["quantity"]
    return dict(wanted)


def _refused(refusal: BookingRefusal, wanted: dict[str, Any] | None = None) -> Response:
    """Why, in words and, where another moment would do, the nearest ones that are free."""
    answer: dict[str, Any] = {"detail": explain(refusal)}
    if wanted and isinstance(refusal, MOVABLE):
        near = nearest_free(**wanted, now=timezone.now())
        answer["alternatives"] = SlotSerializer(near, many=True).data
    return Response(answer, status=409 if refusal.is_conflict else 400)
