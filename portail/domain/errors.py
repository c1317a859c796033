"""Why a commune has no page at the address that was asked for, or a territory no site yet."""

from typing import TYPE_CHECKING

from territoires.models import Commune

if TYPE_CHECKING:
    from portail.domain.setup import Check


class CommuneMoved(Exception):
    """It became part of another commune, whose page is elsewhere."""

    def __init__(self, successor_code: str) -> None:
        super().__init__(successor_code)
        self.successor_code = successor_code


class CommuneUnknown(Exception):
    """No commune of the territory has this code; these may have been meant."""

    def __init__(self, suggestions: list[Commune], elsewhere: Commune | None = None) -> None:
        super().__init__(suggestions)
        self.suggestions = suggestions
        self.elsewhere = elsewhere


class NotReadyToOpen(Exception):
    """A territory lacks what its visitors or the law need."""

    def __init__(self, missing: "list[Check]") -> None:
        super().__init__(missing)
        self.missing = missing
