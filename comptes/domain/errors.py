"""One class per refusal; each interface says it in its own way."""


class AccountRefusal(Exception):
    """An act on an account that the rules forbid."""


class EmailTaken(AccountRefusal):
    """Someone already signs in with this address, whatever its capitals."""


class UnknownPermission(AccountRefusal):
    """A role may only hold permissions that exist; carries those that don't."""
