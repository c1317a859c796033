"""When a telecentre is open, week after week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from django.db import transaction

from telecentres.domain.errors import HoursOverlap
from telecentres.enums import Weekday
from telecentres.models import OpeningHours, Telecentre


@dataclass(frozen=True, order=True)
class OpenRange:
    """One range of one weekday."""

    weekday: Weekday
    opens_at: time
    closes_at: time


def set_opening_hours(*, telecentre: Telecentre, ranges: Iterable[OpenRange]) -> list[OpeningHours]:
    """These ranges become the week of all year. Raises HoursOverlap, and the old week stays."""
    week = sorted(ranges)
    for earlier, later in pairwise(week):
        if earlier.weekday == later.weekday and later.opens_at < earlier.closes_at:
            raise HoursOverlap(earlier.weekday)
    rows = [OpeningHours(telecentre=telecentre, **vars(each)) for each in week]
    for row in rows:
        row.full_clean()
    with transaction.atomic():
        Telecentre.objects.select_for_update(of=("self",), no_key=True).get(pk=telecentre.pk)
        telecentre.opening_hours.filter(season=None).delete()
        return OpeningHours.objects.bulk_create(rows)
