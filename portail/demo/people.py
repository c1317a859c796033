"""Imagine who lives there. Nothing here touches the database: a seed gives a list of persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from portail.demo.content import table
from portail.demo.setting import END_OF_PROGRAMME, MIDDLE_OF_PROGRAMME, Setting
from portail.demo.words import Storyteller
from solos.enums import PublicField, SoloState, SoloStatus, WorkPlace

Names = Iterator[tuple[str, str, bool]]

# Keys of the programmes that made these people known.
WELCOME, TELEWORK, PRESENT = "accueille", "teletravail", "present"
# The figures that the public documents give for the real programme.
KNOWN_MIDDLE, SHOWN_MIDDLE = 78, 40
KNOWN_END, SHOWN_END = 87, 47
TELEWORKERS = 100
# The living present, in the proportions of a directory that is looked after.
STILL_SHOWN, HIDDEN_SINCE, STILL_KNOWN = 15, 14, 8
SHOWN_TODAY, HIDDEN_TODAY, KNOWN_TODAY = 60, 3, 18

EVERYTHING = tuple(field for field in PublicField if field != PublicField.PHOTO)
# What people agree to show: most nearly all, some their trade only, a few hardly more than a name.
AGREEMENTS: dict[tuple[PublicField, ...], int] = {
    EVERYTHING: 32,
    tuple(set(EVERYTHING) - {PublicField.PHONE, PublicField.EMAIL}): 34,
    tuple(set(EVERYTHING) - {PublicField.PHONE, PublicField.COMMUNE}): 10,
    (
        PublicField.NAME,
        PublicField.TRADE_NAME,
        PublicField.STATUS,
        PublicField.TRADE,
        PublicField.COMMUNE,
        PublicField.SKILLS,
        PublicField.WEBSITE,
    ): 17,
    (PublicField.NAME, PublicField.TRADE): 7,
}
# Four in five of those who are shown.
OPENING = 0.8
STATUSES = {
    SoloStatus.INDEPENDENT: 72,
    SoloStatus.FOUNDER: 14,
    SoloStatus.EMPLOYEE: 10,
    SoloStatus.SEEKING: 4,
}
LANGUAGES = {"en": 60, "es": 28, "oc": 12, "de": 9, "ca": 7, "it": 6, "pt": 4, "nl": 3, "ar": 3}


@dataclass(frozen=True)
class Place:
    """A commune where people of the demo may live, and how many come to it."""

    code: str
    weight: float
    in_past_programme: bool


@dataclass
class Person:
    first_name: str
    last_name: str
    is_woman: bool
    programme: str
    identified_on: date
    published_on: date | None = None
    left_on: date | None = None
    left_as: SoloState = SoloState.PUBLISHED
    status: SoloStatus | None = None
    trade: str = ""
    commune: str = ""
    agreed: Sequence[PublicField] = ()
    opened: Sequence[PublicField] = ()
    details: dict[str, Any] = field(default_factory=dict)


def imagine_people(setting: Setting, places: Sequence[Place]) -> list[Person]:
    """Everyone the demo knows of, past then present.

    The same seed and places give the same people on any day; only the dates of the present follow.
    """
    rng = Random(setting.seed)  # noqa: S311 - a demo, not a secret
    names = imagine_names(rng)
    storyteller = Storyteller(rng)
    phones = iter(rng.sample(range(1000, 10_000), 400))
    calendar = _Calendar(setting)
    people = [
        *_welcomed(rng, names, calendar),
        *_teleworkers(rng, names, calendar),
        *_present(rng, names, calendar),
    ]
    for person in people:
        near = [place for place in places if place.in_past_programme or person.programme != WELCOME]
        person.commune = rng.choices(near, [place.weight for place in near])[0].code
        _describe(person, rng, storyteller, phone=next(phones))
    _open(people, Random(f"{setting.seed} données ouvertes"))  # noqa: S311 - a demo
    return people


def imagine_names(rng: Random) -> Names:
    """First name, last name, whether a woman: no two persons alike, few surnames shared."""
    known = table("people")
    first_names = [(name, True) for name in known["women"]] + [
        (name, False) for name in known["men"]
    ]
    met: set[tuple[str, str]] = set()
    while True:
        for last_name in rng.sample(known["last_names"], len(known["last_names"])):
            first_name, is_woman = rng.choice(first_names)
            if (first_name, last_name) not in met:
                met.add((first_name, last_name))
                yield first_name, last_name, is_woman


def _open(people: Sequence[Person], rng: Random) -> None:
    """Most who show themselves also agree to open data, some without what rings or writes."""
    for person in people:
        kept_back = {PublicField.PHONE, PublicField.EMAIL} if rng.random() < 0.4 else set()
        if rng.random() < OPENING:
            person.opened = [field for field in person.agreed if field not in kept_back]


class _Calendar:
    """Draws days with dice of its own: a day later must not change who people are."""

    def __init__(self, setting: Setting) -> None:
        self._rng = Random(f"days {setting.seed}")  # noqa: S311
        self.today = setting.today
        self.present_since = setting.present_since

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._rng.randint(0, (last - first).days))

    def days(self, first: date, last: date, count: int) -> list[date]:
        return sorted(self.day(first, last) for _ in range(count))


def _welcomed(rng: Random, names: Names, calendar: _Calendar) -> list[Person]:
    """As many people as the first programme knew, on the dates when it counted them."""
    early = calendar.days(date(2003, 9, 1), date(2006, 5, 31), KNOWN_MIDDLE)
    late = calendar.days(date(2006, 7, 3), date(2007, 11, 15), KNOWN_END - KNOWN_MIDDLE)
    people = _cast(names, early + late, WELCOME)
    shown = rng.sample(people[:KNOWN_MIDDLE], SHOWN_MIDDLE)
    _publish(calendar, shown, since=date(2004, 7, 1), until=MIDDLE_OF_PROGRAMME)
    others = [person for person in people if person not in shown]
    shown_late = rng.sample(others, SHOWN_END - SHOWN_MIDDLE)
    _publish(calendar, shown_late, since=date(2006, 7, 1), until=END_OF_PROGRAMME)
    since = date(2008, 6, 1)
    _part(rng, shown + shown_late, calendar, since, staying=STILL_SHOWN, hidden=HIDDEN_SINCE)
    unseen = [person for person in people if person.published_on is None]
    _part(rng, unseen, calendar, since, staying=STILL_KNOWN)
    return people


def _teleworkers(rng: Random, names: Names, calendar: _Calendar) -> list[Person]:
    """A hundred, one in ten an employee, as the documents have it; none in a public directory."""
    people = _cast(
        names, calendar.days(date(2009, 1, 12), date(2013, 12, 2), TELEWORKERS), TELEWORK
    )
    employees = rng.sample(people, TELEWORKERS // 10)
    for person in people:
        person.status = SoloStatus.EMPLOYEE if person in employees else SoloStatus.INDEPENDENT
    _part(rng, people, calendar, date(2014, 2, 1), staying=TELEWORKERS // 10)
    return people


def _present(rng: Random, names: Names, calendar: _Calendar) -> list[Person]:
    until = calendar.today - timedelta(days=45)
    count = SHOWN_TODAY + HIDDEN_TODAY + KNOWN_TODAY
    people = _cast(names, calendar.days(calendar.present_since, until, count), PRESENT)
    shown = rng.sample(people, SHOWN_TODAY + HIDDEN_TODAY)
    for person in shown:
        soon = person.identified_on + timedelta(days=3)
        person.published_on = calendar.day(soon, soon + timedelta(days=37))
    for person in shown[:HIDDEN_TODAY]:
        person.left_on = calendar.day(calendar.today - timedelta(days=4), calendar.today)
        person.left_as = SoloState.HIDDEN
    return people


def _cast(names: Names, days: Sequence[date], programme: str) -> list[Person]:
    """One new person for each day."""
    return [Person(*next(names), programme=programme, identified_on=day) for day in days]


def _part(
    rng: Random,
    people: Sequence[Person],
    calendar: _Calendar,
    since: date,
    *,
    staying: int,
    hidden: int = 0,
) -> None:
    """Years pass: some stay, some are hidden for want of news, the others withdrew."""
    until = max(calendar.today - timedelta(days=400), since)
    for number, person in enumerate(rng.sample(people, len(people) - staying)):
        person.left_on = calendar.day(since, until)
        person.left_as = SoloState.HIDDEN if number < hidden else SoloState.WITHDRAWN


def _publish(calendar: _Calendar, people: Sequence[Person], *, since: date, until: date) -> None:
    for person in people:
        first = max(since, person.identified_on + timedelta(days=7))
        person.published_on = calendar.day(first, until)


def _describe(person: Person, rng: Random, storyteller: Storyteller, *, phone: int) -> None:
    trade = storyteller.trade(of_past=person.programme == WELCOME)
    status = person.status or rng.choices(list(STATUSES), list(STATUSES.values()))[0]
    name = slugify(f"{person.first_name} {person.last_name}")
    person.trade = trade["slug"]
    person.details = {
        "status": status,
        "trade_name": storyteller.trade_name(trade, status, person.first_name, person.last_name),
        "skills": rng.sample(trade["skills"], rng.randint(3, min(5, len(trade["skills"])))),
        "email": f"{name}@example.org",
        "phone": f"+3353649{phone:04}" if rng.random() < 0.8 else "",
        "household_size": rng.randint(1, 5),
    }
    if person.published_on is None:
        return
    person.agreed = sorted(rng.choices(list(AGREEMENTS), list(AGREEMENTS.values()))[0])
    person.details |= {
        "languages": [
            "fr",
            *(code for code, odds in LANGUAGES.items() if rng.random() * 100 < odds),
        ],
        "website": f"https://example.org/{name}" if rng.random() < 0.55 else "",
        "accepts_messages": phone % 5 != 0,
        "takes_clients": phone % 3 != 0,
        "work_place": rng.choices(list(WorkPlace), [45, 15, 40])[0],
        "offers": storyteller.offers(trade, status),
        "seeks": storyteller.seeks(status),
    }
    person.details |= storyteller.story(
        trade, status, is_woman=person.is_woman, by_year=person.identified_on.year
    )
