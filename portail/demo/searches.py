"""What visitors of the demo look for in the directory: some of it is nobody's trade yet."""

from solos.domain.asking import read_query
from solos.domain.directory import match_directory
from solos.domain.searches import count_search
from territoires.models import Territory

# The search, as an address has it, and how often it was made this month.
SEARCHES = {
    "q=couvreur": 14,
    "q=taxidermiste&commune=09122&rayon=20": 11,
    "q=graphiste": 9,
    "q=traductrice": 6,
    "langue=oc": 5,
    "q=orfèvre": 4,
}


def make_searches(territory: Territory) -> None:
    for query, times in SEARCHES.items():
        filters = read_query(query)
        found = match_directory(territory=territory, filters=filters).count()
        for _time in range(times):
            count_search(territory=territory, filters=filters, results=found)
