"""What a page of the directory is narrowed to: a programme, the commune of a village, or both."""

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest
from django.utils.http import urlencode

from solos.querysets import SoloQuerySet
from territoires.models import HostVillage, Programme

# No key is longer.
LONGEST_KEY = 18


@dataclass(frozen=True)
class Perimeter:
    """The choices are one's own; an address that names another's row chooses nothing."""

    programmes: list[Programme]
    villages: list[HostVillage]
    programme: Programme | None
    village: HostVillage | None

    @classmethod
    def asked(cls, request: HttpRequest) -> Self:
        programmes = list(Programme.objects.for_user(request.user))
        villages = list(
            HostVillage.objects.for_user(request.user)
            .select_related("commune")
            .order_by("commune__sort_name", "pk")
        )
        return cls(
            programmes,
            villages,
            _chosen(programmes, request.GET.get("programme", "")),
            _chosen(villages, request.GET.get("village", "")),
        )

    def narrow(self, solos: SoloQuerySet) -> SoloQuerySet:
        if self.programme:
            solos = solos.filter(programme=self.programme)
        if self.village:
            solos = solos.filter(commune=self.village.commune_id)
        return solos

    @property
    def list_filters(self) -> dict[str, str]:
        """The same, as the list of solos names it."""
        filters = {}
        if self.programme:
            filters["programme__id__exact"] = str(self.programme.pk)
        if self.village:
            filters["commune__exact"] = str(self.village.commune_id)
        return filters

    @property
    def query(self) -> str:
        """As the pages of the directory name it, after a question mark."""
        asked = {"programme": self.programme, "village": self.village}
        return urlencode({name: row.pk for name, row in asked.items() if row})


def read_key(text: str) -> int | None:
    """A row's key as an address or a button sends it; None for what is none."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def _chosen(rows: list[Any], text: str) -> Any:
    key = read_key(text)
    return next((row for row in rows if row.pk == key), None)
