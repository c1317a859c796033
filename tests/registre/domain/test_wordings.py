from datetime import date, timedelta

import pytest
from django.utils import timezone

from registre.domain.errors import UnknownWording, WordingIsKept
from registre.domain.wordings import current_wording, find_wording, keep_wording
from registre.enums import ConsentUse
from registre.models import ConsentWording
from tests.factories import ConsentWordingFactory

NEW = {
    "version": "essai",
    "use": ConsentUse.PAGE,
    "text": "J’accepte.",
    "text_en": "I agree.",
    "since": date(2026, 2, 1),
}


def test_first_words_are_there_for_each_use(db):
    assert {current_wording(use).version for use in ConsentUse} == {"agence-1"}
    assert ConsentWording.objects.count() == len(ConsentUse)


def test_keep_wording_twice_keeps_one(db):
    assert (
        keep_wording(**NEW)
        == keep_wording(**NEW)
        == find_wording(version="essai", use=ConsentUse.PAGE)
    )


@pytest.mark.parametrize("other", [{"text": "J’accepte tout."}, {"text_en": "All."}])
def test_keep_wording_never_changes_words(db, other):
    kept = keep_wording(**NEW)

    with pytest.raises(WordingIsKept):
        keep_wording(**{**NEW, **other})

    kept.refresh_from_db()
    assert (kept.text, kept.text_en) == (NEW["text"], NEW["text_en"])


def test_words_of_another_use_are_unknown(db):
    keep_wording(**NEW)

    with pytest.raises(UnknownWording):
        find_wording(version="essai", use=ConsentUse.OPEN_DATA)


def test_current_wording_is_the_last_that_has_begun(db):
    today = timezone.localdate()
    for days in (-1, 0, 1):
        ConsentWordingFactory(version=f"v{days}", since=today + timedelta(days=days))

    assert current_wording(ConsentUse.PAGE).version == "v0"


def test_current_wording_without_any_is_unknown(db):
    ConsentWording.objects.all().delete()

    with pytest.raises(UnknownWording):
        current_wording(ConsentUse.PAGE)
