"""The agency's own pages in the two menus of the site."""

from dataclasses import dataclass
from functools import cached_property

from portail.enums import MenuPlace
from portail.models import Page
from territoires.models import Territory

# One of the pages that a territory begins with (portail.domain.pages).
NEWCOMERS = "venir-s-installer"


@dataclass(frozen=True)
class Entry:
    """A page, and the pages arranged under it."""

    page: Page
    children: list[Page]


class SiteMenu:
    """Read when a page first asks for it, in one query; a frame without menu costs nothing."""

    def __init__(self, territory: Territory | None) -> None:
        self._territory = territory

    @property
    def header(self) -> list[Entry]:
        return self._entries(MenuPlace.HEADER)

    @property
    def footer(self) -> list[Entry]:
        return self._entries(MenuPlace.FOOTER)

    @property
    def newcomers(self) -> Page | None:
        """The page for whoever thinks of coming, wherever the agency put it in its menus."""
        return next((page for page in self._pages if page.slug == NEWCOMERS), None)

    def _entries(self, place: MenuPlace) -> list[Entry]:
        return [
            Entry(page, [child for child in self._pages if child.parent_id == page.pk])
            for page in self._pages
            if page.menu == place
        ]

    @cached_property
    def _pages(self) -> list[Page]:
        if self._territory is None:
            return []
        return list(Page.objects.in_territory(self._territory).published().in_menus())
