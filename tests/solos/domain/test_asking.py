import pytest

from solos.domain.asking import (
    LONGEST_PARAMETER,
    query_of,
    read_filters,
    read_query,
    search_address,
)
from solos.domain.directory import DirectoryFilters


def test_same_search_has_one_address_whatever_its_order():
    asked = read_query("commune=09122&x=1&secteur=&q=%20d%C3%A9v%20web%20")

    assert asked == DirectoryFilters(text="dév web", commune="09122")
    assert query_of(asked) == "q=d%C3%A9v+web&commune=09122"
    assert read_query(query_of(asked)) == asked


def test_text_too_long_is_cut():
    assert read_filters({"q": "a" * 500}).text == "a" * LONGEST_PARAMETER


@pytest.mark.parametrize(
    ("filters", "page", "address"),
    [
        (DirectoryFilters(), "directory", "/annuaire/"),
        (DirectoryFilters(clients="oui"), "directory", "/annuaire/?nouveaux-clients=oui"),
        (DirectoryFilters(text="a&b"), "alert-save", "/alertes/?q=a%26b"),
    ],
)
def test_search_address(filters, page, address):
    assert search_address(filters, page) == address
