"""What a request changes: every row of every table, before and after."""

import json
from collections import defaultdict
from collections.abc import Hashable
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

# Written at set-up, or the trace of the request itself: its session, the digest of its body.
STILL = {
    "django_content_type", "auth_permission", "spatial_ref_sys", "django_session",
    "jetons_requestkey",
}  # fmt: skip
Rows = dict[tuple[str, Hashable], dict[str, object]]
# (table, row, column) → the value after
Effect = dict[tuple[str, Hashable, str], object]


def all_rows() -> Rows:
    """The whole database, in one question."""
    tables = {
        model._meta.db_table: model._meta.pk.column
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in STILL
    }
    question = " UNION ALL ".join(
        f"SELECT '{table}', \"{key}\"::text, to_jsonb(one)::text FROM {table} one"
        for table, key in tables.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {(table, key): json.loads(row) for table, key, row in cursor}


def effect(before: Rows, after: Rows) -> Effect:
    """Column by column; a new row is told by its rank, for its key is never twice the same."""
    changed: Effect = {}
    ranks: dict[str, int] = defaultdict(int)
    for table, key in sorted(after.keys() - before.keys(), key=lambda one: (one[0], _age(one[1]))):
        ranks[table] += 1
        for column, value in after[table, key].items():
            changed[table, f"new {ranks[table]}", column] = value
    for table, key in before.keys() - after.keys():
        changed[table, key, "gone"] = True
    for one in before.keys() & after.keys():
        for column, value in after[one].items():
            if value != before[one][column]:
                changed[(*one, column)] = value
    return changed


def _age(key: str) -> tuple[int, str]:
    return len(key), key


def read(client: Client, path: str) -> str:
    """The page, as if nobody had asked for it: a reading writes the journal."""
    with transaction.atomic():
        answer = client.get(path)
        transaction.set_rollback(True)
    is_page = answer.status_code == 200 and "text/html" in answer["Content-Type"]
    return answer.content.decode() if is_page else ""


def posted(client: Client, path: str, data: dict[str, Any], before: Rows) -> tuple[Any, Effect]:
    """Send, look, and put everything back, the cookies too."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.post(path, data)
        found = effect(before, all_rows())
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer, found
