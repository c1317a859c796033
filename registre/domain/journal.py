"""Write down who read or changed what; forget it after a year."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from registre.enums import JournalAct
from registre.models import JournalEntry

# A day more than twelve months, whatever the years: the database refuses a day less.
KEPT_FOR = timedelta(days=367)
LONGEST_PATH = 300


def write_journal(
    *,
    act: JournalAct,
    model: type[Model],
    user: AbstractBaseUser | None = None,
    key: object = "",
    territory: int | None = None,
    fields: Iterable[str] = (),
    rows: int = 1,
    path: str = "",
) -> JournalEntry:
    """One line of the journal, in the transaction of its act; `user` is None for the system."""
    return JournalEntry.objects.create(
        user_id=user.pk if user else None,
        act=act,
        model=model._meta.label,  # noqa: SLF001
        object_key=str(key),
        territory_id=territory,
        fields=sorted(set(fields)),
        rows=rows,
        path=path[:LONGEST_PATH],
    )


def purge_journal() -> int:
    """Remove the lines older than a year; the database itself refuses to remove a younger one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registre_purge_journal(%s)", [timezone.now() - KEPT_FOR])
        (count,) = cursor.fetchone()
    return int(count)
