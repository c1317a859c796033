"""Files that were served as they were sent become pictures, which the sweeper prepares."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import transaction

log = structlog.get_logger(__name__)


def move_files(
    apps: Any,
    *,
    model: str,
    old: str,
    new: str,
    words: Callable[[Any], str],
    shows: Callable[[Any], str] = lambda _row: "",
) -> None:
    """Each file that the column `old` names becomes a waiting picture, named by the key `new`.

    `words` says what it shows. What past versions name goes too: no record would lead to it any
    more. A file that is not there is left aside, with a line in the log.
    """
    app, name = model.split(".")
    rows, pasts = (
        apps.get_model(app, name).objects,
        apps.get_model(app, f"Historical{name}").objects,
    )
    named = set(pasts.exclude(**{old: ""}).values_list(old, flat=True)) - {None}
    for row in rows.exclude(**{old: ""}):
        file = str(getattr(row, old))
        named.add(file)
        if not default_storage.exists(file):
            log.warning("picture_missing", model=model, row=row.pk)
            continue
        picture = _receive(apps, row, file, words(row)[:250], shows(row))
        rows.filter(pk=row.pk).update(**{new: picture})
        if any(field.name == new for field in pasts.model._meta.get_fields()):  # noqa: SLF001
            pasts.filter(**{"id": row.pk, old: file}).update(**{new: picture})
    transaction.on_commit(partial(_delete, named))


def _receive(apps: Any, row: Any, file: str, words: str, subject: str) -> Any:
    territory = row.pk if row._meta.model_name == "territory" else row.territory_id  # noqa: SLF001
    picture = apps.get_model("images", "Picture")(
        territory_id=territory, alternative=words, subject=subject
    )
    with default_storage.open(file) as content:
        picture.original.save(file, content, save=True)
    return picture


def _delete(names: set[str]) -> None:
    for name in names:
        default_storage.delete(name)
