"""The register of personal data: what every app declares in its `personal.py`, gathered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db.models import Field, Model
from django.utils.module_loading import module_has_submodule
from simple_history.models import HistoricalChanges

from registre.enums import Fate, People
from registre.flags import ByKey, Link, ModelFlags, Personal, Purpose, nothing_personal
from registre.personal import HISTORY_FIELDS, HISTORY_LINK, HISTORY_PERSONAL

AnyModel = type[Model]


@cache
def declared_flags() -> dict[str, ModelFlags]:
    """Everything declared, by the model's label in small letters; installed or not."""
    return {
        flags.model.lower(): flags
        for app in apps.get_app_configs()
        if app.module and module_has_submodule(app.module, "personal")
        for flags in import_module(f"{app.name}.personal").PERSONAL_DATA
    }


def flags_of(model: AnyModel) -> ModelFlags | None:
    """What a model holds; a table of past versions holds what its model does, and by whom."""
    known = declared_flags()
    label = model._meta.label_lower  # noqa: SLF001
    if label in known:
        return known[label]
    if "m2m_history_id" in (names := columns(model)):
        return nothing_personal(model._meta.label, names)  # noqa: SLF001
    if issubclass(model, HistoricalChanges):
        flags = known.get(model.instance_type._meta.label_lower)  # type: ignore[attr-defined]  # noqa: SLF001
        return _of_past_versions(model, flags) if flags else None
    return None


def flagged_models() -> dict[AnyModel, ModelFlags]:
    """Every installed model that is declared, tables of past versions included."""
    found = ((model, flags_of(model)) for model in apps.get_models(include_auto_created=True))
    return {model: flags for model, flags in found if flags}


def personal_models() -> dict[AnyModel, ModelFlags]:
    """Those that say something of someone, the present before the past."""
    found = ((model, flags) for model, flags in flagged_models().items() if flags.personal)
    return dict(sorted(found, key=lambda one: issubclass(one[0], HistoricalChanges)))


def is_personal(model: AnyModel) -> bool:
    flags = flags_of(model)
    return bool(flags and flags.personal)


def columns(model: AnyModel) -> list[str]:
    """The fields of a model that hold something: its own, those to many included."""
    return [
        field.name
        for field in model._meta.get_fields()  # noqa: SLF001
        if isinstance(field, Field)
    ]


def unflagged(models: Iterable[AnyModel]) -> list[str]:
    """The fields that nobody has thought of, as `app.Model.field`."""
    return [
        f"{model._meta.label}.{name}"  # noqa: SLF001
        for model in models
        for name in columns(model)
        if name not in _declared(model)
    ]


def stale(models: Iterable[AnyModel]) -> list[str]:
    """What is declared of fields that are not there, as `app.Model.field`."""
    return [
        f"{model._meta.label}.{name}"  # noqa: SLF001
        for model in models
        for name in sorted(_declared(model) - set(columns(model)))
    ]


@dataclass(frozen=True)
class PurposeLine:
    """One line of the public page: why, and of whom which fields are held."""

    purpose: Purpose
    audience: str
    fields: tuple[str, ...]


def describe_purposes() -> list[PurposeLine]:
    """Why we hold what, sorted by kind of person, in the order in which the apps declare it."""
    held: dict[Purpose, dict[str, None]] = {}
    seen: dict[Purpose, list[str]] = {}
    for model, flags in personal_models().items():
        if issubclass(model, HistoricalChanges):
            continue
        for name, personal in flags.personal.items():
            words = name_of(model, name)
            held.setdefault(personal.purpose, {})[words] = None
            circle = str(personal.shown_to.label)
            if circle not in seen.setdefault(personal.purpose, []):
                seen[personal.purpose].append(circle)
    order = People.values
    lines = [
        PurposeLine(purpose, " ; ".join(seen[purpose]), tuple(fields))
        for purpose, fields in held.items()
    ]
    return sorted(lines, key=lambda line: order.index(line.purpose.people))


@dataclass(frozen=True)
class HeldModel:
    """One kind of record as the register's own page lists it."""

    name: str
    fields: tuple[tuple[str, Personal], ...]


def describe_fields() -> list[HeldModel]:
    """Every personal field by its name; past versions hold what the present does."""
    return [
        HeldModel(
            str(model._meta.verbose_name),  # noqa: SLF001
            tuple((name_of(model, name), each) for name, each in flags.personal.items()),
        )
        for model, flags in personal_models().items()
        if not issubclass(model, HistoricalChanges)
    ]


def name_of(model: AnyModel, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001


def _declared(model: AnyModel) -> frozenset[str]:
    flags = flags_of(model)
    return flags.declared if flags else frozenset()


def _of_past_versions(model: AnyModel, flags: ModelFlags) -> ModelFlags:
    """The same as the model itself; the past of someone erased goes away with them."""
    kept = set(columns(model))
    own: tuple[Link, ...] = (ByKey("id", flags.model),) if flags.is_person else ()
    past = {
        name: replace(each, fate=Fate.DELETED) if flags.is_person else each
        for name, each in flags.personal.items()
        if name in kept
    }
    return replace(
        flags,
        model=model._meta.label,  # noqa: SLF001
        impersonal=(flags.impersonal & kept) | HISTORY_FIELDS,
        personal={**past, **HISTORY_PERSONAL},
        links=(*own, *flags.links, HISTORY_LINK),
        is_person=False,
    )
