"""One class per refusal; each interface says it in its own way."""


class MailRefusal(Exception):
    """A mail, or its wording, that the outbox does not take."""


class BadAddress(MailRefusal):
    """No mail can reach this address, or something is hidden in it."""


class UnknownPlace(MailRefusal):
    """A wording says `place` between braces; the message only fills the names in `allowed`."""

    def __init__(self, place: str, allowed: list[str]) -> None:
        super().__init__(f"{place}: only {', '.join(allowed) or 'nothing'} may be filled in")
        self.place = place
        self.allowed = allowed


class WrongVariables(MailRefusal):
    """The values handed over are not those that the message declares."""
