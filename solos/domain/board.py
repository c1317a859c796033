"""The directory at a glance: who is where, for how long, and what may be done next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comptes.models import User
from solos.domain.errors import MoveForbidden
from solos.domain.own_profile import accept_profile, invite_solo
from solos.domain.publication import hide_solo
from solos.enums import PublicField, SoloState
from solos.models import Solo
from solos.querysets import SoloQuerySet

# So many names fit in a column; the list has the others.
TOP = 8
GONE = _("retiré·e ou archivé·e")
COLUMNS: tuple[tuple[SoloState, ...], ...] = (
    (SoloState.IDENTIFIED,),
    (SoloState.INVITED,),
    (SoloState.PUBLISHED,),
    (SoloState.HIDDEN,),
    (SoloState.WITHDRAWN, SoloState.ARCHIVED),
)


class Move(TextChoices):
    INVITE = "inviter", _("Inviter")
    INVITE_AGAIN = "inviter-encore", _("Inviter de nouveau")
    PUBLISH = "publier", _("Publier")
    HIDE = "masquer", _("Masquer un temps")
    SHOW_AGAIN = "remettre", _("Remettre en ligne")


ACTS: dict[Move, Callable[..., Solo]] = {
    Move.INVITE: invite_solo,
    Move.INVITE_AGAIN: invite_solo,
    Move.PUBLISH: accept_profile,
    Move.HIDE: hide_solo,
    Move.SHOW_AGAIN: accept_profile,
}
INVITING = {SoloState.IDENTIFIED: Move.INVITE, SoloState.INVITED: Move.INVITE_AGAIN}
SHOWING = {
    SoloState.IDENTIFIED: Move.PUBLISH,
    SoloState.INVITED: Move.PUBLISH,
    SoloState.HIDDEN: Move.SHOW_AGAIN,
    SoloState.ARCHIVED: Move.SHOW_AGAIN,
}


@dataclass(frozen=True)
class Card:
    solo: Solo
    since: date | None
    moves: list[Move]


@dataclass(frozen=True)
class Column:
    states: tuple[SoloState, ...]
    count: int
    cards: list[Card]

    @property
    def label(self) -> str | Promise:
        return capfirst(GONE if len(self.states) > 1 else self.states[0].label)

    @property
    def key(self) -> str:
        """As the list's filter names these states."""
        return ",".join(self.states)


def moves_of(solo: Solo) -> list[Move]:
    """What the domain would not refuse from where the solo is."""
    state, moves = SoloState(solo.state), []
    if solo.email and state in INVITING:
        moves.append(INVITING[state])
    if PublicField.NAME in solo.published_fields and state in SHOWING:
        moves.append(SHOWING[state])
    if state == SoloState.PUBLISHED:
        moves.append(Move.HIDE)
    return moves


def move_solo(*, solo: Solo, move: Move, author: User | None = None) -> Solo:
    """Raises MoveForbidden when the solo is not where this is done, and what the act does."""
    if move not in moves_of(solo):
        raise MoveForbidden
    return ACTS[move](solo=solo, author=author)


def compose_board(solos: SoloQuerySet) -> list[Column]:
    """Two queries, whatever the number of solos; in a column, who has been there longest first."""
    counts: dict[Any, int] = dict(solos.order_by().values_list("state").annotate(count=Count("pk")))
    cards: dict[str, list[Card]] = {}
    for solo in solos.longest_in_state(TOP):
        since: date | None = getattr(solo, "since")  # noqa: B009  (annotated)
        cards.setdefault(solo.state, []).append(Card(solo, since, moves_of(solo)))
    return [
        Column(
            states,
            sum(counts.get(state, 0) for state in states),
            [card for state in states for card in cards.get(state, [])][:TOP],
        )
        for states in COLUMNS
    ]
