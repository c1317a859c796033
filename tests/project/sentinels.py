"""A mark of its own in every column that says something of someone, and where it is seen again."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction
from phonenumber_field.modelfields import PhoneNumberField

from registre.domain.register import personal_models

LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
LONG_AGO = date(1931, 1, 1)
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
]  # fmt: skip


# Every mark has one of these shapes; a number may stand by chance inside a token.
SHAPES = re.compile(
    r"zq[b-t]{10}"
    r"|193\d-\d\d-\d\d|\d\d/\d\d/193\d|\d{1,2}(?:er)? [a-zéû]+ 193\d"
    r"|561445\d{3}|61 44 5\d \d\d"
    r"|(?<![\w+/-])23[\u202f\xa0]?\d{3}(?![\w+/-])"
)


@dataclass(frozen=True)
class Mark:
    """One column of one row, and how a reader would see what it holds."""

    model: type[models.Model]
    field: str
    audience: str
    seen_as: tuple[str, ...]

    @property
    def column(self) -> str:
        return f"{self.model._meta.label}.{self.field}"


def _word(number: int) -> str:
    """A word like no other: a search forgives a letter or two."""
    return "zq" + sha256(str(number).encode()).hexdigest()[:10].translate(LETTERS)


def _text(shape: str) -> Callable[[int], tuple[object, ...]]:
    return lambda number: (shape.format(_word(number)), _word(number))


def _day(number: int) -> tuple[object, ...]:
    day = LONG_AGO + timedelta(days=number)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    # French says « 1er janvier »: a mark on that day would not be seen.
    first = (f"1er {month}",) if day.day == 1 else ()
    return day, f"{day}", f"{day:%d/%m/%Y}", f"{day.day} {month}", *first


def _moment(number: int) -> tuple[object, ...]:
    day, *seen = _day(number)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC), *seen


def _number(number: int) -> tuple[object, ...]:
    return 23_000 + number, f"23{number:03}", f"23\u202f{number:03}", f"23\xa0{number:03}"


def _telephone(number: int) -> tuple[object, ...]:
    return (
        f"+33561445{number:03}",
        f"561445{number:03}",
        f"61 44 5{number // 100} {number % 100:02}",
    )


# The value of a column of each kind, then what it looks like.
KINDS: list[tuple[type[models.Field], Callable[[int], tuple[object, ...]]]] = [
    (PhoneNumberField, _telephone),
    (models.FileField, _text("solos/{}.png")),
    (models.EmailField, _text("{}@exemple.fr")),
    (models.URLField, _text("https://{}.exemple.fr/")),
    (models.SlugField, _text("{}")),
    (models.CharField, _text("{}")),
    (models.TextField, _text("{}")),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.IntegerField, _number),
    (ArrayField, lambda number: ([_word(number)], _word(number))),
    (models.JSONField, lambda number: ({"mot": _word(number)}, _word(number))),
]


def can_be_marked(field: models.Field) -> bool:
    """Not where no value tells itself apart: choices, yes and no, links to other rows."""
    choices = field.choices or getattr(getattr(field, "base_field", None), "choices", None)
    told_apart = any(isinstance(field, kind) for kind, _make in KINDS)
    return told_apart and not (choices or field.is_relation or field.generated)


def _mark(field: models.Field, number: int) -> tuple[object, ...]:
    return next(make(number) for kind, make in KINDS if isinstance(field, kind))


def plant() -> list[Mark]:
    """Mark every personal column of every row there is; what the database refuses stays."""
    marks: list[Mark] = []
    for model, flags in personal_models().items():
        for key in model._base_manager.values_list("pk", flat=True):
            for name, personal in flags.personal.items():
                field = model._meta.get_field(name)
                if not can_be_marked(field):
                    continue
                made = _mark(field, len(marks) + 1)
                if _written(model, key, name, made[0]):
                    marks.append(Mark(model, name, personal.shown_to, made[1:]))
    return marks


def _written(model: type[models.Model], key: object, name: str, value: object) -> bool:
    # The key of a session is its own row's.
    if model._meta.get_field(name).primary_key:
        return False
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{name: value})
    except DatabaseError:
        return False
    return True


class Finder:
    """Tells which marks a text shows."""

    def __init__(self, marks: list[Mark]) -> None:
        self.by_sight = {sight.casefold(): mark for mark in marks for sight in mark.seen_as}
        shapeless = [sight for sight in self.by_sight if not SHAPES.fullmatch(sight)]
        assert shapeless == []

    def found(self, text: str) -> set[Mark]:
        seen = self.by_sight.keys() & set(SHAPES.findall(text.casefold()))
        return {self.by_sight[sight] for sight in seen}


def columns(marks: Iterable[Mark]) -> set[str]:
    return {mark.column for mark in marks}
