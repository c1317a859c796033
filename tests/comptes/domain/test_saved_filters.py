import pytest

from comptes.domain.errors import FilterNameTaken, FilterTooLong, NothingToKeep, TooManyFilters
from comptes.domain.saved_filters import (
    MOST_FILTERS,
    clean_query,
    delete_filter,
    filters_of,
    rename_filter,
    save_filter,
)
from comptes.models import SavedFilter, User
from tests.factories import SavedFilterFactory, UserFactory

SOLOS = "solos.solo"


@pytest.fixture
def user(db) -> User:
    return UserFactory()


def kept() -> list[tuple[str, str]]:
    return list(SavedFilter.objects.values_list("name", "query"))


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("", ""),
        ("?q=foix", "q=foix"),
        ("state__exact=published&q=foix&o=-2.1", "o=-2.1&q=foix&state__exact=published"),
        ("p=3&all=&e=1&q=foix", "q=foix"),
        ("_popup=1&_to_field=id&_facets=True&_changelist_filters=q%3Da&q=foix", "q=foix"),
        ("action=delete_selected&select_across=1&index=0&csrfmiddlewaretoken=x", ""),
        ("q=", ""),
        ("trade__exact=", "trade__exact="),
        ("id__in=1&id__in=2&id__in=1", "id__in=1&id__in=2"),
        ("q=Ana+Ruiz%20%26%20fils", "q=Ana+Ruiz+%26+fils"),
        ("q=a%00b&state%00=x&o=1", "o=1"),
        ("q=%C3%A9", "q=%C3%A9"),
        ("=x&q=%ff", "q=%EF%BF%BD"),
        ("//ailleurs.example/?q=1", "%2F%2Failleurs.example%2F%3Fq=1"),
    ],
)
def test_query_keeps_what_a_list_is_asked_in_one_order(asked, query):
    assert clean_query(asked) == query
    assert clean_query(query) == query


def test_filter_is_kept_under_its_name(user):
    saved = save_filter(user=user, model=SOLOS, name="À relancer", query="?p=2&q=foix")

    assert (saved.user, saved.model, str(saved), saved.query) == (
        user, SOLOS, "À relancer", "q=foix",
    )  # fmt: skip


def test_filters_of_one_list_come_by_name_and_are_nobody_elses(user):
    for name in ("Foix", "Ax"):
        SavedFilterFactory(user=user, name=name)
    SavedFilterFactory(user=user, model="accueil.event")
    SavedFilterFactory()

    assert [saved.name for saved in filters_of(user=user, model=SOLOS)] == ["Ax", "Foix"]


@pytest.mark.parametrize(
    ("query", "refusal"),
    [("?p=2", NothingToKeep), ("", NothingToKeep), ("q=" + "a" * 999, FilterTooLong)],
)
def test_query_that_asks_nothing_or_too_much_is_refused(user, query, refusal):
    with pytest.raises(refusal):
        save_filter(user=user, model=SOLOS, name="Foix", query=query)

    assert kept() == []


def test_query_as_long_as_may_be_is_kept(user):
    save_filter(user=user, model=SOLOS, name="Long", query="q=" + "a" * 998)

    assert [len(query) for _name, query in kept()] == [1_000]


def test_name_is_taken_once_a_list(user):
    save_filter(user=user, model=SOLOS, name="Foix", query="q=foix")

    with pytest.raises(FilterNameTaken):
        save_filter(user=user, model=SOLOS, name="Foix", query="q=autre")
    assert kept() == [("Foix", "q=foix")]

    save_filter(user=user, model="accueil.event", name="Foix", query="q=foix")
    save_filter(user=UserFactory(), model=SOLOS, name="Foix", query="q=foix")
    assert kept() == [("Foix", "q=foix")] * 3


def test_same_filter_sent_twice_is_kept_once(user):
    first = save_filter(user=user, model=SOLOS, name="Foix", query="q=foix&o=1")

    assert save_filter(user=user, model=SOLOS, name="Foix", query="o=1&q=foix&p=4") == first
    assert SavedFilter.objects.count() == 1


def test_list_takes_twenty_filters(user):
    for number in range(MOST_FILTERS):
        save_filter(user=user, model=SOLOS, name=f"Filtre {number}", query=f"q={number}")

    with pytest.raises(TooManyFilters):
        save_filter(user=user, model=SOLOS, name="De trop", query="q=trop")
    assert (MOST_FILTERS, SavedFilter.objects.count()) == (20, 20)

    save_filter(user=user, model="accueil.event", name="Ailleurs", query="q=la")
    assert SavedFilter.objects.count() == 21


def test_filter_is_renamed(user):
    saved = SavedFilterFactory(user=user, name="Foix")

    rename_filter(saved=saved, name="Foix et alentours")
    rename_filter(saved=saved, name="Foix et alentours")

    assert kept() == [("Foix et alentours", "q=foix")]


def test_filter_takes_no_name_of_another(user):
    SavedFilterFactory(user=user, name="Ax")
    saved = SavedFilterFactory(user=user, name="Foix")

    with pytest.raises(FilterNameTaken):
        rename_filter(saved=saved, name="Ax")

    saved.refresh_from_db()
    assert saved.name == "Foix"


def test_filter_is_deleted(user):
    other = SavedFilterFactory(user=user, name="Ax")

    delete_filter(saved=SavedFilterFactory(user=user, name="Foix"))

    assert list(SavedFilter.objects.all()) == [other]
