"""Limits that hold on every machine at once, whatever happens to the cache."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

from jetons.domain.errors import AllowanceSpent
from jetons.models import Allowance

# One statement: two requests at once count two, and the window begins with its first request.
SPEND = """
    INSERT INTO jetons_allowance AS kept (name, caller, started_at, spent)
    VALUES (%(name)s, %(caller)s, clock_timestamp(), 1)
    ON CONFLICT (name, caller) DO UPDATE SET
        spent = CASE WHEN kept.started_at + %(window)s * interval '1 second' <= clock_timestamp()
                     THEN 1 ELSE least(kept.spent + 1, 1000000000) END,
        started_at = CASE WHEN kept.started_at + %(window)s * interval '1 second'
                               <= clock_timestamp()
                          THEN clock_timestamp() ELSE kept.started_at END
    RETURNING spent,
              extract(epoch FROM started_at - clock_timestamp()) + %(window)s
"""


@dataclass(frozen=True)
class Limit:
    """`most` times in `seconds`, each caller for themselves."""

    name: str
    most: int
    seconds: int


def spend(limit: Limit, caller: str) -> None:
    """Count one for this caller. Raises AllowanceSpent from the request after the last allowed."""
    with connection.cursor() as cursor:
        cursor.execute(
            SPEND,
            {"name": limit.name, "caller": _digest(limit, caller), "window": limit.seconds},
        )
        spent, left = cursor.fetchone()
    if spent > limit.most:
        raise AllowanceSpent(max(1, ceil(left)))


def give_back(limit: Limit, caller: str) -> None:
    """Forget what this caller spent: whoever proved who they are starts afresh."""
    Allowance.objects.filter(name=limit.name, caller=_digest(limit, caller)).delete()


def network_of(address: str) -> str:
    """Who an address stands for: one IPv4 address, or the /64 that an IPv6 subscriber owns."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found, 64), strict=False))
    return str(found)


def _digest(limit: Limit, caller: str) -> str:
    return salted_hmac(f"jetons.allowance.{limit.name}", caller, algorithm="sha256").hexdigest()
