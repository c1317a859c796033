"""What one can use in a telecentre, told by kind rather than desk by desk."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre

KINDS = list(SpaceKind)


@dataclass(frozen=True)
class SpacesOfKind:
    kind: SpaceKind
    spaces: tuple[Space, ...]

    @property
    def capacity(self) -> int:
        return sum(space.capacity for space in self.spaces)


def in_reading_order(spaces: Iterable[Space]) -> list[Space]:
    """By kind, then by name as one reads it: 9 comes before 10."""
    return sorted(
        spaces, key=lambda space: (KINDS.index(SpaceKind(space.kind)), _as_read(space.name))
    )


def _as_read(name: str) -> list[tuple[int, str]]:
    """What is no number, and numbers, in turn."""
    parts = enumerate(re.split(r"(\d+)", name))
    return [(int(part), "") if rank % 2 else (0, part) for rank, part in parts]


def spaces_by_kind(telecentre: Telecentre) -> list[SpacesOfKind]:
    spaces = list(telecentre.spaces.all())
    grouped = (
        SpacesOfKind(kind, tuple(space for space in spaces if space.kind == kind))
        for kind in SpaceKind
    )
    return [group for group in grouped if group.spaces]
