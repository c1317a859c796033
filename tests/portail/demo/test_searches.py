from portail.demo.searches import SEARCHES, make_searches
from solos.models import CountedSearch


def test_searches_are_counted_and_some_find_nobody(territory):
    make_searches(territory)

    assert list(CountedSearch.objects.values_list("asked", flat=True).order_by("-asked")) == list(
        SEARCHES.values()
    )
    assert CountedSearch.objects.unmet().count() == 2
