"""One person, one address, however it is typed."""

from unicodedata import normalize


def plain_address(text: str) -> str:
    """An e-mail address as accounts keep it: composed, in lower case, without space around it.

    Nothing is folded further: a Cyrillic « а » is another address, and another person.
    """
    return normalize("NFKC", text).strip().lower()
