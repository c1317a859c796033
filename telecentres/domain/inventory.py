"""What one can use in a telecentre, told by kind rather than desk by desk."""

from dataclasses import dataclass

from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre


@dataclass(frozen=True)
class SpacesOfKind:
    kind: SpaceKind
    spaces: tuple[Space, ...]

    @property
    def capacity(self) -> int:
        return sum(space.capacity for space in self.spaces)


def spaces_by_kind(telecentre: Telecentre) -> list[SpacesOfKind]:
    spaces = list(telecentre.spaces.all())
    grouped = (
        SpacesOfKind(kind, tuple(space for space in spaces if space.kind == kind))
        for kind in SpaceKind
    )
    return [group for group in grouped if group.spaces]
