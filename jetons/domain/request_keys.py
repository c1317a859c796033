"""Carry a request out once, however often it comes: one answer, repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from jetons.domain.errors import KeyReused
from jetons.models import RequestKey


@dataclass(frozen=True)
class Answer:
    """What a client gets. `is_final` when asking again must not be carried out again."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_final: bool = True


def answer_once(
    *, scope: str, key: str, fingerprint: str, carry_out: Callable[[], Answer]
) -> tuple[Answer, bool]:
    """The answer to this request, and whether it is a repetition of the first.

    The key, the act and the answer are one transaction: whoever comes meanwhile waits for it, then
    gets the same answer; where it fails, the next one carries the request out. An answer that is
    not final (a form to correct) keeps nothing. Raises KeyReused when the key comes with other
    words.
    """
    with transaction.atomic():
        # Waits for a transaction that holds the same key; then a row without an answer is ours.
        RequestKey.objects.bulk_create(
            [RequestKey(scope=scope, key=key, fingerprint=fingerprint)], ignore_conflicts=True
        )
        kept = RequestKey.objects.select_for_update().get(scope=scope, key=key)
        if kept.fingerprint != fingerprint:
            raise KeyReused
        if kept.status is not None:
            return Answer(kept.status, kept.headers, bytes(kept.body)), True
        answer = carry_out()
        if answer.is_final:
            kept.status, kept.headers, kept.body = answer.status, answer.headers, answer.body
            kept.save()
        else:
            kept.delete()
    return answer, False
