"""What the demo's places cost and offer: plausible prices; the rights of one member."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from comptes.models import User
from portail.demo.content import table
from portail.demo.setting import Setting
from telecentres.enums import SpaceKind
from telecentres.models import (
    Extra,
    FreeAllowance,
    Pack,
    RightsGroup,
    RightsMember,
    Tariff,
    Telecentre,
)
from territoires.models import Territory

GROUP = "Nouveaux arrivants (première année)"
VAT_RATE = Decimal(20)
OFFERED, OF_PACK, PRICE_OF_PACK = 3, 10, 50


def set_prices(folder: str, territory: Territory, telecentres: dict[str, Telecentre]) -> None:
    """Those of every place that is booked; half of them for people who have just arrived."""
    content = table(f"{folder}/telecentres")
    newcomers = RightsGroup.objects.create(territory=territory, name=GROUP)
    places = {known["key"]: known for known in content["telecentres"]}
    for key, place in telecentres.items():
        known = places[key]
        Extra.objects.bulk_create(_extra(place, each) for each in known.get("extras", []))
        tariffs = content["tariffs"].get(known.get("tariffs"), {})
        for kind, prices in tariffs.items():
            _set(place, SpaceKind(kind), prices, newcomers)
        if any(price for prices in tariffs.values() for price in prices.values()):
            place.vat_rate = VAT_RATE
            place.save(update_fields=["vat_rate"])


def _extra(place: Telecentre, known: dict[str, Any]) -> Extra:
    return Extra(telecentre=place, **known | {"price": Decimal(str(known["price"]))})


def _set(
    place: Telecentre, kind: SpaceKind, prices: dict[str, int], newcomers: RightsGroup
) -> None:
    Tariff.objects.bulk_create(
        Tariff(telecentre=place, kind=kind, unit=unit, price=Decimal(price) / share, group=group)
        for unit, price in prices.items()
        for group, share in ((None, 1), (newcomers, 2))
        if price or group is None
    )
    if kind == SpaceKind.DESK and any(prices.values()):
        FreeAllowance.objects.create(
            telecentre=place, kind=kind, group=newcomers, half_days=OFFERED
        )


def give_rights(member: User, place: Telecentre, setting: Setting) -> None:
    """The member arrived this year, and bought a pack."""
    RightsMember.objects.create(
        group=RightsGroup.objects.get(territory=place.territory, name=GROUP),
        user=member,
        starts_on=setting.today - timedelta(days=120),
        ends_on=setting.today + timedelta(days=245),
    )
    Pack.objects.create(
        telecentre=place,
        kind=SpaceKind.DESK,
        holder=member,
        half_days=OF_PACK,
        price=PRICE_OF_PACK,
        sold_on=setting.today - timedelta(days=20),
    )
