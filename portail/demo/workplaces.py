"""The telecentres that public documents name, at their commune's centre for want of addresses."""

from typing import Any

from portail.demo.content import table
from portail.demo.setting import Setting
from telecentres.domain.opening_hours import OpenRange, set_opening_hours
from telecentres.domain.spaces import add_spaces
from telecentres.domain.telecentres import open_telecentre, plan_telecentre
from telecentres.enums import SpaceKind, TelecentreKind, Weekday
from telecentres.models import Telecentre
from territoires.models import Commune, Organisation, Programme, Territory

Keyed = dict[str, Any]


def set_up_telecentres(
    folder: str,
    territory: Territory,
    bodies: dict[str, Organisation],
    programmes: dict[str, Programme],
    setting: Setting,
) -> dict[str, Telecentre]:
    """The places open or planned by the demo's day, by key."""
    content = table(f"{folder}/telecentres")
    telecentres = {}
    for known in content["telecentres"]:
        if not setting.has_come(known.get("opened_on") or known["since"]):
            continue
        telecentre = _set_up(known, content, territory, bodies, programmes)
        telecentres[known["key"]] = telecentre
        for space in known.get("spaces", []):
            add_spaces(telecentre=telecentre, **space | {"kind": SpaceKind(space["kind"])})
        if "hours" in known:
            telecentre.takes_bookings = True
            telecentre.takes_visitors = known.get("takes_visitors", False)
            telecentre.save(update_fields=["takes_bookings", "takes_visitors"])
            set_opening_hours(telecentre=telecentre, ranges=_week(content["hours"][known["hours"]]))
    return telecentres


def _set_up(
    known: Keyed,
    content: Keyed,
    territory: Territory,
    bodies: dict[str, Organisation],
    programmes: dict[str, Programme],
) -> Telecentre:
    details: Keyed = {
        "territory": territory,
        "commune": Commune.objects.get(pk=known["commune"]),
        "name": known["name"],
        "kind": TelecentreKind(known["kind"]),
        "programme": programmes.get(known.get("programme", "")),
        "managing_organisation": bodies.get(known.get("managed_by", "")),
        "presentation": known["presentation"].strip(),
        "presentation_en": known["presentation_en"].strip(),
        "source": content["source"],
        **_facts(known.get("facts", {})),
    }
    if known.get("is_planned"):
        return plan_telecentre(**details)
    if known.get("opening_is_assumed"):
        details["source"] += " " + content["assumed_opening"]
    details["presentation"] += "\n\n" + content["disclaimer"]
    details["presentation_en"] += "\n\n" + content["disclaimer_en"]
    return open_telecentre(
        opened_on=known.get("opened_on"),
        services="\n".join(known["services"]),
        email=known["email"],
        phone=known["phone"],
        **details,
    )


def _facts(known: Keyed) -> Keyed:
    """Fields by their names; a line for each thing of the equipment."""
    return known | {"equipment": "\n".join(known.get("equipment", []))}


def _week(known: Keyed) -> list[OpenRange]:
    return [
        OpenRange(Weekday(day), opens_at, closes_at)
        for day in known["days"]
        for opens_at, closes_at in known["ranges"]
    ]
