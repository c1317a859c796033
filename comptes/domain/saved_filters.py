"""Keep what one asks of a list of the back-office again and again: each account its own."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import QuerySet

from comptes.domain.errors import FilterNameTaken, FilterTooLong, NothingToKeep, TooManyFilters
from comptes.models import SavedFilter, User

MOST_FILTERS = 20  # of one list
LONGEST_QUERY = 1_000
# What an address carries for one visit: a page, everything at once, an error told, an action.
PASSING = {"p", "all", "e", "action", "select_across", "index", "csrfmiddlewaretoken"}


def clean_query(text: str) -> str:
    """The search, the filters and the sort of an address, in one order; the rest is left out.

    What begins with an underscore is of Django's windows, never of a list; no list answers a NUL.
    """
    pairs = parse_qsl(text.removeprefix("?"), keep_blank_values=True)
    return urlencode(sorted({pair for pair in pairs if _is_lasting(*pair)}))


def _is_lasting(name: str, value: str) -> bool:
    if not name or name.startswith("_") or name in PASSING or "\0" in name + value:
        return False
    return (name, value) != ("q", "")


def filters_of(*, user: User, model: str) -> "QuerySet[SavedFilter]":
    """Theirs of one list, by name; everyone else's are nobody's business."""
    return SavedFilter.objects.filter(user=user, model=model)


def save_filter(*, user: User, model: str, name: str, query: str) -> SavedFilter:
    """Keep a filter; the same under the same name is there already, and is no refusal.

    Raises NothingToKeep, FilterTooLong, FilterNameTaken, TooManyFilters.
    """
    query = clean_query(query)
    if not query:
        raise NothingToKeep
    if len(query) > LONGEST_QUERY:
        raise FilterTooLong
    with transaction.atomic():
        _lock(user)
        own = filters_of(user=user, model=model)
        if same := own.filter(name=name).first():
            if same.query != query:
                raise FilterNameTaken
            return same
        if own.count() >= MOST_FILTERS:
            raise TooManyFilters
        return SavedFilter.objects.create(user=user, model=model, name=name, query=query)


def rename_filter(*, saved: SavedFilter, name: str) -> None:
    """Raises FilterNameTaken."""
    with transaction.atomic():
        _lock(saved.user)
        others = filters_of(user=saved.user, model=saved.model).exclude(pk=saved.pk)
        if others.filter(name=name).exists():
            raise FilterNameTaken
        saved.name = name
        saved.save(update_fields=["name"])


def delete_filter(*, saved: SavedFilter) -> None:
    saved.delete()


def _lock(user: User) -> None:
    """One at a time for one account: names and numbers are looked at before they are written."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
