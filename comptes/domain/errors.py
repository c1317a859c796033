"""One class per refusal; each interface says it in its own way."""


class AccountRefusal(Exception):
    """An act on an account that the rules forbid."""


class EmailTaken(AccountRefusal):
    """Someone already signs in with this address, whatever its capitals."""


class AddressUnchanged(AccountRefusal):
    """The new address is the one the account already has."""


class AlreadyActive(AccountRefusal):
    """The account has a password: an invitation must not replace it."""


class FilterRefusal(Exception):
    """A filter that can't be kept as it is."""


class NothingToKeep(FilterRefusal):
    """The list is shown whole: there is neither search, nor filter, nor sort."""


class FilterTooLong(FilterRefusal):
    """More is asked of the list than an address should carry."""


class FilterNameTaken(FilterRefusal):
    """Another filter of the same list has this name."""


class TooManyFilters(FilterRefusal):
    """The list has as many filters as one finds one's way in."""
