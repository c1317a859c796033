"""Erase someone: what each flag says becomes of its field, in rows and in past versions.

Files go with the domain's own act (`leave`): no personal field is a file, which a test holds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Field, GeneratedField, ManyToManyField, Model
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from registre.domain.errors import StillOnTheTeam
from registre.domain.journal import write_journal
from registre.domain.ledger import append_line
from registre.domain.people import models_of_people, person_of, rows_of_person
from registre.domain.register import AnyModel, flags_of, personal_models
from registre.enums import ErasureReason, Fate, JournalAct
from registre.flags import ModelFlags, Person
from registre.models import Erasure


def erase_person(
    *, row: Model, reason: ErasureReason, author: AbstractBaseUser | None = None
) -> Erasure:
    """Erase the person of `row` from every table.

    Their account and every record that stands for them go together. Raises NotAPerson, and
    StillOnTheTeam for whoever may still enter the back-office.
    """
    accounts = [one for one in rows_of_person(row) if isinstance(one, get_user_model())]
    if any(account.is_staff for account in accounts):
        raise StillOnTheTeam
    return _erase(row, reason, author)


def replay_erasures(*, reasons: dict[str, str]) -> int:
    """After a restore, erase again whoever came back; returns how many.

    `reasons` are those of the ledger kept apart from the database, by key; the database's own
    ledger counts too.
    """
    for erasure in Erasure.objects.all():
        reasons = reasons | dict.fromkeys(erasure.keys, erasure.reason)
    count = 0
    for model in models_of_people():
        for row in model._base_manager.all():  # noqa: SLF001
            known = [key for key in _possible_keys(row) if key in reasons]
            if known and not _is_erased(row):
                _erase(row, ErasureReason(reasons[known[0]]), None)
                count += 1
    return count


def _erase(row: Model, reason: ErasureReason, author: AbstractBaseUser | None) -> Erasure:
    counts: Counter[str] = Counter()
    with transaction.atomic():
        rows = rows_of_person(row)
        for one in rows:
            _leave(one)
        person = person_of(row)
        keys = [key for one in rows for key in _keys(one)]
        # What changing a record writes of its past is erased with the past, which comes last.
        for model, flags in personal_models().items():
            counts[model._meta.label] = _erase_rows(model, flags, person)  # noqa: SLF001
        erasure = Erasure.objects.create(
            reason=reason,
            by_id=author.pk if author else None,
            keys=keys,
            counts={label: count for label, count in counts.items() if count},
        )
        write_journal(
            act=JournalAct.ERASED,
            model=type(row),
            user=author,
            key=row.pk,
            territory=getattr(row, "territory_id", None),
        )
        transaction.on_commit(lambda: append_line(erasure))
    return erasure


def _leave(row: Model) -> None:
    """The domain's own act first: what they leave behind then adds up."""
    flags = flags_of(type(row))
    if flags and flags.leave:
        import_string(flags.leave)(**{str(row._meta.model_name): row})  # noqa: SLF001


def _erase_rows(model: AnyModel, flags: ModelFlags, person: Person) -> int:
    rows = model._base_manager.all()  # noqa: SLF001
    count = 0
    if flags.is_person:
        own = rows.filter(pk__in=person.keys_of(flags.model))
        count += _apply(flags, own, flags.own_fields())
    for link in flags.links:
        if not (flags.is_person and not link.fields):
            count += _apply(flags, rows.filter(link.rows_of(person)), flags.fields_of(link))
    return count


def _apply(flags: ModelFlags, rows: Any, names: list[str]) -> int:
    """Do to `rows` what the flags of their fields `names` say; returns how many rows changed."""
    fates = {flags.personal[name].fate for name in names}
    if fates <= {Fate.KEPT}:
        return 0
    found = list(rows)
    if Fate.DELETED in fates:
        rows.filter(pk__in=[row.pk for row in found]).delete()
        return len(found)
    for row in found:
        _neutralise(flags, row, names)
    return len(found)


def _neutralise(flags: ModelFlags, row: Model, names: Iterable[str]) -> None:
    changes: dict[str, object] = {}
    for name, field in _changing(flags, row, names):
        if isinstance(field, ManyToManyField):
            getattr(row, name).clear()
        else:
            changes[name] = _neutral(flags, row, name, field)
    # By SQL: what is erased leaves no trace among past versions.
    type(row)._base_manager.filter(pk=row.pk).update(**changes)  # noqa: SLF001


def _changing(
    flags: ModelFlags, row: Model, names: Iterable[str]
) -> "Iterator[tuple[str, Field[Any, Any]]]":
    """The fields that erasure changes; those that the database derives follow by themselves."""
    for name in names:
        field = row._meta.get_field(name)  # noqa: SLF001
        is_kept = flags.personal[name].fate == Fate.KEPT
        if isinstance(field, Field) and not is_kept and not isinstance(field, GeneratedField):
            yield name, field


def _neutral(flags: ModelFlags, row: Model, name: str, field: "Field[Any, Any]") -> object:
    if flags.personal[name].fate == Fate.REPLACED:
        return flags.personal[name].neutral_for(row)
    if field.null:
        return None
    return [] if isinstance(field, ArrayField) else ""


def _is_erased(row: Model) -> bool:
    """Whether nothing is left to erase in a row that stands for someone."""
    flags = flags_of(type(row))
    if flags is None or any(each.fate == Fate.DELETED for each in flags.personal.values()):
        return False
    return all(
        getattr(row, field.attname) == _neutral(flags, row, name, field)
        for name, field in _changing(flags, row, flags.own_fields())
        if not isinstance(field, ManyToManyField) and not flags.personal[name].secret
    )


def _keys(row: Model) -> list[str]:
    """The key of a row, and those of the rows that were merged into it."""
    flags = flags_of(type(row))
    merged = import_string(flags.merged)(row) if flags and flags.merged else []
    label = row._meta.label  # noqa: SLF001
    return [
        _key(row, settings.SECRET_KEY),
        *(_digest(label, known_by, settings.SECRET_KEY) for known_by in merged),
    ]


def _possible_keys(row: Model) -> list[str]:
    """The key of a row, with the site's secret of today and those it had."""
    return [_key(row, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _key(row: Model, secret: str) -> str:
    """By what never changes of a row: its place among its kind, and when it came."""
    flags = flags_of(type(row))
    known_by = [getattr(row, name) for name in (flags.known_by if flags else ())]
    return _digest(row._meta.label, known_by, secret)  # noqa: SLF001


def _digest(label: str, known_by: Iterable[object], secret: str) -> str:
    words = [label, *map(_lasting, known_by)]
    return salted_hmac(
        "registre.erasure", "|".join(words), secret=secret, algorithm="sha256"
    ).hexdigest()


def _lasting(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
