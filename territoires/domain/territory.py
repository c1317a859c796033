"""Find the territory of a request."""

from django.db.models import Case, Value, When

from territoires.domain.errors import NoTerritory
from territoires.models import Territory


def territory_for_host(host: str) -> Territory:
    """The public territory that `host` (no port) names, else the default one, else the first.

    Raises NoTerritory when none is public.
    """
    territory = (
        Territory.objects.public()
        .select_related("logo")
        .order_by(
            Case(When(host_name__iexact=host, then=Value(0)), default=Value(1)),
            "-is_default",
            "pk",
        )
        .first()
    )
    if territory is None:
        raise NoTerritory
    return territory
