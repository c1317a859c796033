import pytest
from django.db import IntegrityError, transaction

from comptes.models import SavedFilter
from tests.factories import SavedFilterFactory


@pytest.mark.parametrize("missing", ["name", "query"])
def test_saved_filter_has_a_name_and_asks_something(db, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilterFactory(**{missing: ""})

    assert SavedFilter.objects.count() == 0


def test_saved_filter_has_a_name_of_its_own(db):
    saved = SavedFilterFactory(name="Foix")

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilterFactory(user=saved.user, name="Foix")

    assert SavedFilter.objects.count() == 1


def test_saved_filter_goes_with_its_account(db):
    SavedFilterFactory().user.delete()

    assert SavedFilter.objects.count() == 0
