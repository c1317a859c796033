"""The language in which each app says, in its `personal.py`, what it holds about people.

Models are named by their label, so that the register knows of every app without importing any.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.functional import Promise

from registre.enums import Audience, Fate, LegalBasis, People

Text = str | Promise


# ---- Why, how long, for whom ------------------------------------------------------------------
@dataclass(frozen=True)
class Retention:
    """How long in words that the public reads; `after` where a machine can count it."""

    words: Text
    after: timedelta | None = None


@dataclass(frozen=True)
class Purpose:
    words: Text
    people: People
    basis: LegalBasis
    retention: Retention


@dataclass(frozen=True)
class Personal:
    """One field that says something of someone.

    `neutral` stands in its place once the person is erased (a value, or a function of the row);
    `why` says what a field is kept for. An export names what is `secret` without its value: a
    copy left on a printer must not open an account.
    """

    purpose: Purpose
    shown_to: Audience
    fate: Fate
    neutral: object = None
    why: Text = ""
    secret: bool = False

    def neutral_for(self, row: Model) -> object:
        return self.neutral(row) if callable(self.neutral) else self.neutral


# ---- Whose a row is ---------------------------------------------------------------------------
@dataclass
class Person:
    """Someone, as the rows that stand for them and the addresses that reach them."""

    keys: dict[str, set[Any]] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)

    def keys_of(self, label: str) -> set[Any]:
        return self.keys.get(label.lower(), set())


@dataclass(frozen=True)
class ByKey:
    """The row belongs to whoever stands at the end of `path`; by `fields` alone if said."""

    path: str
    model: str
    fields: frozenset[str] = frozenset()

    def rows_of(self, person: Person) -> Q:
        return Q(**{f"{self.path}__in": person.keys_of(self.model)})


@dataclass(frozen=True)
class ByAddress:
    """The row belongs to whoever is reached at the e-mail address that `path` holds."""

    path: str
    fields: frozenset[str] = frozenset()

    def rows_of(self, person: Person) -> Q:
        found = Q(pk__in=[])
        for address in person.addresses:
            found |= Q(**{f"{self.path}__iexact": address})
        return found


@dataclass(frozen=True)
class ByObject:
    """The row speaks of any object, named by its content type and its key in letters."""

    type_path: str
    key_path: str
    fields: frozenset[str] = frozenset()

    def rows_of(self, person: Person) -> Q:
        found = Q(pk__in=[])
        for label, keys in person.keys.items():
            app, model = label.split(".")
            kind = ContentType.objects.get_by_natural_key(app, model)
            found |= Q(**{self.type_path: kind, f"{self.key_path}__in": [str(key) for key in keys]})
        return found


@dataclass(frozen=True)
class ByRule:
    """The row belongs by a rule that no column says."""

    rows_of: Callable[[Person], Q]
    fields: frozenset[str] = frozenset()


Link = ByKey | ByAddress | ByObject | ByRule


# ---- One model --------------------------------------------------------------------------------
@dataclass(frozen=True)
class ModelFlags:
    """What a model holds: every one of its fields stands in `impersonal` or in `personal`.

    A model that stands for people (`is_person`) names the fields that hold their e-mail
    addresses, those by which they are known again once erased (`known_by`), the domain's act by
    which they leave before anything is erased (`leave`, its address as a dotted path), and what
    `known_by` said of the rows since merged into one (`merged`, a dotted path to a function of
    the row): a copy from before brings them back.
    """

    model: str
    impersonal: frozenset[str] = frozenset()
    personal: Mapping[str, Personal] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    is_person: bool = False
    addresses: frozenset[str] = frozenset()
    known_by: tuple[str, ...] = ()
    leave: str = ""
    merged: str = ""

    @property
    def declared(self) -> frozenset[str]:
        return self.impersonal | frozenset(self.personal)

    def fields_of(self, link: Link) -> list[str]:
        """The personal fields that are someone’s through `link`, without what another claims."""
        if link.fields:
            return [name for name in self.personal if name in link.fields]
        return self.own_fields()

    def own_fields(self) -> list[str]:
        """The personal fields that speak of the row's own person."""
        claimed = frozenset[str]().union(*(link.fields for link in self.links))
        return [name for name in self.personal if name not in claimed]


def nothing_personal(model: str, fields: Iterable[str]) -> ModelFlags:
    """A model that says nothing of anyone: a field it gains later must be thought of anew."""
    return ModelFlags(model, impersonal=frozenset(fields))


USER = str(settings.AUTH_USER_MODEL)
