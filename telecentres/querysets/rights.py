from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, Model, Q, Sum
from django.db.models.functions import Coalesce

from telecentres.enums import BookingState
from telecentres.querysets.telecentre import OfTelecentre
from territoires.scoping import Anyone, ProgrammeRows, Reach, ScopedQuerySet

if TYPE_CHECKING:
    from telecentres.models import Booking, Enrolment, Pack, RightsGroup  # noqa: F401

Row = TypeVar("Row", bound=Model)


class RightsGroupQuerySet(ScopedQuerySet["RightsGroup"]):
    def within(self, reach: Reach) -> Q:
        """A manager chooses among those of the territories where their places stand."""
        theirs = Q(territory__telecentres__in=reach.keys("telecentre"))
        mine = self.model._default_manager.filter(theirs)  # noqa: SLF001  (documented)
        return super().within(reach) | Q(pk__in=mine.values("pk"))


class TermsQuerySet(models.QuerySet[Row]):
    def told(self, user: Anyone | None, first: date, last: date, *columns: str) -> list[Any]:
        """What is said to everyone, and to the groups that someone is of on some of these days.

        The columns, then from which day until which it is said to them: None, without a bound.
        """
        said = Q(group=None)
        if user is not None and user.pk:
            endless = Q(group__members__ends_on=None) | Q(group__members__ends_on__gte=first)
            said |= endless & Q(group__members__user=user.pk, group__members__starts_on__lte=last)
        days = ("group__members__starts_on", "group__members__ends_on")
        return list(self.filter(said).values_list(*columns, *days))


class PackQuerySet(OfTelecentre["Pack"]):
    def valid_on(self, day: date) -> Self:
        return self.exclude(expires_on__lt=day)

    def with_left(self) -> Self:
        """Annotates `left`, the half-days that no booking uses."""
        return self.annotate(left=_left_in_pack(None))

    def to_use(
        self, besides: "Booking | None" = None
    ) -> "models.QuerySet[Pack, tuple[int, int, date | None]]":
        """The key of each pack, what is left in it and its last day; what ends first comes first.

        What the booking `besides` uses counts as left.
        """
        ends_first = F("expires_on").asc(nulls_last=True)
        rows = self.annotate(left=_left_in_pack(besides)).filter(left__gt=0)
        return rows.order_by(ends_first, "sold_on", "pk").values_list("pk", "left", "expires_on")


def _left_in_pack(besides: "Booking | None") -> models.expressions.Combinable:
    unused = Q(lines__booking__state__in=BookingState.given_back())
    if besides:
        unused |= Q(lines__booking=besides)
    return F("half_days") - Coalesce(Sum("lines__quantity", filter=~unused), 0)


class EnrolmentQuerySet(ProgrammeRows["Enrolment"]):
    def on(self, day: date) -> Self:
        """Those who are of the network on a day."""
        return self.filter(enrolled_on__lte=day).exclude(left_on__lte=day)

    def hosted(self, start: datetime, end: datetime) -> Self:
        """Those who came to a place of their programme from one moment until before another.

        Who came is an account that booked there: whoever walks in without one is counted apart.
        """
        return self.filter(
            user__bookings__state=BookingState.CONFIRMED,
            user__bookings__space__telecentre__programme=F("programme"),
            user__bookings__period__startswith__gte=start,
            user__bookings__period__startswith__lt=end,
        ).distinct()
