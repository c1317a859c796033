from datetime import date

import pytest
from django.utils.translation import override

from courrier.domain.days import day_in_words


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (date(2026, 12, 1), "fr", "mardi 1er décembre 2026"),
        (date(2026, 12, 11), "fr", "vendredi 11 décembre 2026"),
        (date(2026, 12, 21), "fr", "lundi 21 décembre 2026"),
        (date(2026, 12, 1), "en", "Tuesday 1 December 2026"),
    ],
)
def test_day_in_words_names_the_first_of_a_month(day, language, words):
    with override(language):
        assert day_in_words(day, "l j F Y") == words
