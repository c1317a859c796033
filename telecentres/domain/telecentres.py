"""Open a shared work place, or announce one."""

from datetime import date

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.text import slugify

from telecentres.domain.errors import NoKnownPosition, OutsideTerritory
from telecentres.enums import PointPrecision, TelecentreState
from telecentres.models import Telecentre
from territoires.domain.addresses import free_slug
from territoires.models import Commune, Territory


def open_telecentre(
    *,
    territory: Territory,
    commune: Commune,
    name: str,
    opened_on: date | None = None,
    point: Point | None = None,
    **details: object,
) -> Telecentre:
    """A place where one can work. Without `point` it stands at its commune's centre, and says so.

    Raises OutsideTerritory, NoKnownPosition.
    """
    return _set_up(
        territory,
        commune,
        point,
        name=name,
        state=TelecentreState.OPEN,
        opened_on=opened_on,
        **details,
    )


def plan_telecentre(
    *, territory: Territory, commune: Commune, name: str, **details: object
) -> Telecentre:
    """A place announced, whose address nobody knows yet: at its commune's centre."""
    return _set_up(territory, commune, None, name=name, state=TelecentreState.PLANNED, **details)


def _set_up(
    territory: Territory, commune: Commune, point: Point | None, *, name: str, **details: object
) -> Telecentre:
    if not Commune.objects.within(territory).filter(pk=commune.pk).exists():
        raise OutsideTerritory
    position = point or commune.centre
    if position is None:
        raise NoKnownPosition
    with transaction.atomic():
        telecentre = Telecentre(
            territory=territory,
            commune=commune,
            name=name,
            slug=_slug(territory, name),
            point=position,
            point_precision=PointPrecision.ADDRESS if point else PointPrecision.COMMUNE,
            **details,
        )
        telecentre.full_clean()
        telecentre.save()
    return telecentre


def _slug(territory: Territory, name: str) -> str:
    return free_slug(slugify(name)[:120] or "lieu", Telecentre.objects.in_territory(territory))
