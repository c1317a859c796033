"""All that is held of someone, for themselves: what the flags call personal, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Count, Field, Model, QuerySet
from django.utils.translation import gettext as _
from simple_history.models import HistoricalChanges

from registre.domain.people import person_of
from registre.domain.register import AnyModel, name_of, personal_models
from registre.flags import Link, ModelFlags, Person

MOST_COLUMNS = 8
# Of a value that a page shows at once.
LONGEST_SHOWN = 500


@dataclass(frozen=True)
class Item:
    """One field of a record: its name in the code, in words, and what it holds."""

    key: str
    name: str
    value: Any

    @property
    def words(self) -> str:
        return ", ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)

    @property
    def is_long(self) -> bool:
        return len(self.words) > LONGEST_SHOWN


@dataclass(frozen=True)
class Section:
    """The records of one kind that are someone's."""

    model: str
    name: str
    records: tuple[tuple[Item, ...], ...]

    @property
    def is_table(self) -> bool:
        """Whether its records read better as lines than one below the other."""
        columns = {tuple(item.key for item in record) for record in self.records}
        return len(self.records) > 1 and len(columns) == 1 and len(*columns) <= MOST_COLUMNS

    def as_json(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "name": self.name,
            "records": [{item.key: item.value for item in record} for record in self.records],
        }


def gather_data(row: Model) -> list[Section]:
    """Everything held of the person of `row`, by kind of record: who they are before the rest.

    Raises NotAPerson.
    """
    person = person_of(row)
    sections = (
        Section(model._meta.label, _words(model), tuple(_records(model, flags, person)))  # noqa: SLF001
        for model, flags in sorted(
            personal_models().items(), key=lambda each: not each[1].is_person
        )
    )
    return [section for section in sections if section.records]


def _records(model: AnyModel, flags: ModelFlags, person: Person) -> Iterator[tuple[Item, ...]]:
    """Those that speak of the person, then the traces of what the person did to others'."""
    rows = model._base_manager.order_by("pk")  # noqa: SLF001
    own: set[Any] = set(person.keys_of(flags.model)) if flags.is_person else set()
    for link in flags.links:
        if not link.fields:
            own |= set(rows.filter(link.rows_of(person)).values_list("pk", flat=True))
    for row in rows.filter(pk__in=own):
        yield tuple(_item(row, name, flags) for name in flags.own_fields())
    for link in flags.links:
        if link.fields:
            yield from _traces(model, flags, link, rows.filter(link.rows_of(person)))


def _traces(
    model: AnyModel, flags: ModelFlags, link: Link, rows: "QuerySet[Any]"
) -> Iterator[tuple[Item, ...]]:
    """What someone did in thousands of records is told once, with how many."""
    names = flags.fields_of(link)
    for found in rows.order_by().values(*names).annotate(_count=Count("pk")).order_by(*names):
        columns = {model._meta.get_field(name).attname: found[name] for name in names}  # type: ignore[union-attr]  # noqa: SLF001
        row = model(**columns)
        yield (
            *(_item(row, name, flags) for name in names),
            Item("count", _("nombre de fiches"), found["_count"]),
        )


def _item(row: Model, name: str, flags: ModelFlags) -> Item:
    words = name_of(type(row), name)
    if flags.personal[name].secret:
        return Item(name, words, _("gardé, jamais montré"))
    return Item(name, words, _plain(row, name))


def _plain(row: Model, name: str) -> Any:
    """A value that JSON and a page can both say."""
    field = row._meta.get_field(name)  # noqa: SLF001
    value = getattr(row, name)
    if field.many_to_many:
        return [str(each) for each in value.all()]
    if isinstance(value, Model):
        # A picture is what its address leads to.
        return getattr(value, "url", "") or str(value)
    if isinstance(field, Field) and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if value is None or isinstance(value, bool | int | list):
        return value
    return field.value_to_string(row) if _is_moment(value) else str(value)  # type: ignore[union-attr]


def _is_moment(value: object) -> bool:
    return hasattr(value, "isoformat")


def _words(model: AnyModel) -> str:
    if model is Session:
        # A session is also a week-end for discovering the territory.
        return _("connexions en cours")
    if issubclass(model, HistoricalChanges):
        present = model.instance_type._meta.verbose_name_plural  # type: ignore[attr-defined]  # noqa: SLF001
        return _("%(records)s : versions passées") % {"records": present}
    return str(model._meta.verbose_name_plural)  # noqa: SLF001
