"""Find the territory of a request."""

from territoires.domain.errors import NoTerritory
from territoires.models import Territory

# Asked at every request: composing it again each time would take longer than running it.
FOR_HOST = """
SELECT * FROM territoires_territory WHERE is_public
ORDER BY upper(host_name) = upper(%s) DESC, is_default DESC, id LIMIT 1
"""


def territory_for_host(host: str) -> Territory:
    """The public territory that `host` (no port) names, else the default one, else the first.

    Raises NoTerritory when none is public.
    """
    for territory in Territory.objects.raw(FOR_HOST, [host]):
        return territory
    raise NoTerritory
