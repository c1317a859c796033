"""An address that a mail can be written to, in one form."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

from courrier.domain.errors import BadAddress

LONGEST = 254


def mail_address(text: str) -> str:
    """The address with its domain as the network writes it: lower case, ASCII.

    A look-alike letter in a domain is thus seen for what it is (`xn--…`); one before the @, a
    control character, a mark that turns letters around or a space raises BadAddress.
    """
    if not text.isprintable() or " " in text:
        raise BadAddress
    try:
        validate_email(text)
        local, _at, domain = text.rpartition("@")
        address = f"{local}@{punycode(domain).lower()}"
        validate_email(address)
    except (ValidationError, UnicodeError) as error:
        raise BadAddress from error
    if len(address) > LONGEST:
        raise BadAddress
    return address
