"""Who someone is here: their account, the records that stand for them, the addresses they had."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Model
from simple_history.models import HistoricalChanges

from registre.domain.errors import NotAPerson
from registre.domain.register import AnyModel, flagged_models, flags_of
from registre.flags import ByKey, Person


def person_of(row: Model) -> Person:
    """Everything that stands for the person of `row`; raises NotAPerson for any other row."""
    person = Person()
    for each in rows_of_person(row):
        meta = each._meta  # noqa: SLF001
        person.keys.setdefault(meta.label_lower, set()).add(each.pk)
        person.addresses |= set(_addresses(each))
    return person


def rows_of_person(row: Model) -> list[Model]:
    """The rows that stand for the same someone as `row`, itself first."""
    flags = flags_of(type(row))
    if flags is None or not flags.is_person:
        raise NotAPerson
    found: dict[tuple[str, object], Model] = {}
    waiting = [row]
    while waiting:
        one = waiting.pop()
        name = (one._meta.label, one.pk)  # noqa: SLF001
        if name not in found:
            found[name] = one
            waiting += chain(_pointed_to(one), _pointing_to(one))
    return list(found.values())


def models_of_people() -> list[AnyModel]:
    return [model for model, flags in flagged_models().items() if flags.is_person]


def _links(model: AnyModel) -> list[ByKey]:
    """The keys by which a record that stands for someone says that they have another."""
    flags = flags_of(model)
    links = flags.links if flags else ()
    return [link for link in links if isinstance(link, ByKey) and not link.fields]


def _pointed_to(row: Model) -> Iterator[Model]:
    for link in _links(type(row)):
        other = getattr(row, link.path)
        if other is not None:
            yield other


def _pointing_to(row: Model) -> Iterator[Model]:
    for model in models_of_people():
        for link in _links(model):
            if link.model.lower() == row._meta.label_lower:  # noqa: SLF001
                yield from model._base_manager.filter(**{link.path: row.pk})  # noqa: SLF001


def _addresses(row: Model) -> Iterator[str]:
    """The e-mail addresses of a record, those that it bore in the past included."""
    flags = flags_of(type(row))
    names = sorted(flags.addresses) if flags else []
    pasts = [
        model._base_manager.filter(id=row.pk)  # noqa: SLF001
        for model in flagged_models()
        if issubclass(model, HistoricalChanges)
        and getattr(model, "instance_type", None) is type(row)
    ]
    for name in names:
        found = [getattr(row, name)]
        for past in pasts:
            found += past.values_list(name, flat=True).distinct()
        yield from (address.lower() for address in found if address)
