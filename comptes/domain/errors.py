"""One class per refusal; each interface says it in its own way."""


class AccountRefusal(Exception):
    """An act on an account that the rules forbid."""


class EmailTaken(AccountRefusal):
    """Someone already signs in with this address, whatever its capitals."""


class AddressUnchanged(AccountRefusal):
    """The new address is the one the account already has."""


class AlreadyActive(AccountRefusal):
    """The account has a password: an invitation must not replace it."""
