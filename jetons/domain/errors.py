"""One class per refusal; each interface says it in its own way."""


class LinkRefused(Exception):
    """A personal link that opens nothing."""


class LinkUnknown(LinkRefused):
    """Forged, cut short, erased, or made for another purpose: no difference is told."""


class LinkExpired(LinkRefused):
    """Its day is past."""


class LinkUsed(LinkRefused):
    """It was spent already."""


class LinkRevoked(LinkRefused):
    """Whoever sent it took it back, or sent a newer one."""


class KeyReused(Exception):
    """The key of a request came back with another request."""


class AllowanceSpent(Exception):
    """The caller has done this often enough for now; carries the seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
