from datetime import date

import pytest
from django.db import IntegrityError, transaction

from solos.models import CountedSearch, SavedSearch
from tests.factories import CountedSearchFactory, SavedSearchFactory


def test_searches_are_named_by_what_is_asked(db):
    assert str(SavedSearchFactory.build(territory=None, query="")) == "tout l’annuaire"
    assert str(SavedSearchFactory.build(territory=None, query="q=laine")) == "q=laine"
    row = CountedSearchFactory.build(territory=None, words="laine", filters="commune=09122")
    assert str(row) == "laine · commune=09122"


@pytest.mark.parametrize("missing", ["expires_on", "new_since"])
def test_confirmed_alert_has_a_beginning_and_an_end(db, missing):
    with pytest.raises(IntegrityError, match="saved_search_confirmed_ends"), transaction.atomic():
        SavedSearchFactory(confirmed=True, **{missing: None})

    assert not SavedSearch.objects.exists()


def test_alert_is_one_for_an_address_until_it_is_stopped(territory):
    known = {"territory": territory, "email": "ana@exemple.fr", "query": "q=laine"}
    SavedSearchFactory(**known, stopped_at="2026-03-01 10:00+01:00")
    SavedSearchFactory(**known)

    with pytest.raises(IntegrityError, match="saved_search_once"), transaction.atomic():
        SavedSearchFactory(**known)


def test_month_is_written_by_its_first_day(db):
    with pytest.raises(IntegrityError, match="counted_search_by_month"), transaction.atomic():
        CountedSearchFactory(month=date(2026, 3, 2))

    assert not CountedSearch.objects.exists()
