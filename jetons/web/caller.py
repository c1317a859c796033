"""Who is calling, as far as a limit may believe it."""

from django.conf import settings
from django.http import HttpRequest

from jetons.domain.allowances import network_of


def address_of(request: HttpRequest) -> str:
    """The caller's address: what our own proxies wrote down, never what the caller says.

    Each proxy adds to X-Forwarded-For the address it was called from: with n proxies of ours, the
    nth from the end is the first that none of them merely repeats.
    """
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if proxies:
        said = request.headers.get("X-Forwarded-For", "").split(",")
        if len(said) >= proxies:
            return said[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """The caller's address or, in IPv6, the network that one subscriber owns."""
    return network_of(address_of(request))
