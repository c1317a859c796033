"""What people came to, and what they may still come to."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from accueil.domain.events import announce_event, cancel_event
from accueil.enums import EventKind
from portail.demo.content import table
from portail.demo.setting import Setting, moment, weeks_from
from telecentres.models import Telecentre
from territoires.models import HostVillage, Programme, Territory

SATURDAY = 6
# Nobody meets on those days; movable feasts would take more words than they are worth here.
HOLIDAYS = {(5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11)}
CHRISTMAS, BACK_TO_WORK = (12, 20), (1, 4)


def announce_events(
    folder: str,
    territory: Territory,
    programmes: dict[str, Programme],
    villages: dict[str, HostVillage],
    telecentres: dict[str, Telecentre],
    setting: Setting,
) -> None:
    for known, day in _days(folder, setting):
        starts_at, ends_at = _times(known, day)
        event = announce_event(
            territory=territory,
            programme=programmes[known.get("programme", "present")],
            kind=EventKind(known["kind"]),
            title=known["title"],
            title_en=known["title_en"],
            starts_at=starts_at,
            ends_at=ends_at,
            village=villages[known["village"]] if "village" in known else None,
            telecentre=telecentres[known["telecentre"]] if "telecentre" in known else None,
            place=known.get("place", ""),
            presentation=known["presentation"].strip(),
            presentation_en=known["presentation_en"].strip(),
            capacity_households=known.get("capacity_households"),
        )
        if known.get("is_cancelled"):
            cancel_event(event=event)


def _days(folder: str, setting: Setting) -> Iterator[tuple[dict[str, Any], date]]:
    """Each event with its day: past ones up to the demo's day, present ones around today."""
    content = table(f"{folder}/events")
    for known in content["past"]:
        for day in known["days"]:
            if setting.has_come(day):
                yield known, day
    if setting.has_present:
        for known in content["present"]:
            for weeks in known["weeks"]:
                day = weeks_from(setting.today, weeks, known.get("weekday", SATURDAY))
                yield known, _working_day(day, timedelta(weeks=1 if weeks > 0 else -1))


def _working_day(day: date, step: timedelta) -> date:
    """The day itself, else the next or the last such weekday that is nobody's holiday."""
    while _is_off((day.month, day.day)):
        day += step
    return day


def _is_off(day: tuple[int, int]) -> bool:
    return day in HOLIDAYS or day >= CHRISTMAS or day < BACK_TO_WORK


def _times(known: dict[str, Any], day: date) -> tuple[datetime, datetime]:
    """At its own hours; else a whole weekend, from Saturday's coffee to Sunday's walk."""
    if "from" in known:
        return moment(day, known["from"]), moment(day, known["to"])
    return moment(day, time(9, 30)), moment(day + timedelta(days=1), time(17))
