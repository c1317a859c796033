import pytest
from django.utils.translation import override

from territoires.domain.languages import localized_text
from tests.factories import EventFactory


@pytest.mark.parametrize(
    ("language", "english", "read"),
    [
        ("fr", "Visit", ("Visite", "fr")),
        ("en", "Visit", ("Visit", "en")),
        ("en", "", ("Visite", "fr")),
    ],
)
def test_localized_text_is_in_the_reader_s_language_or_in_french(language, english, read):
    with override(language):
        assert localized_text(EventFactory.build(title="Visite", title_en=english), "title") == read
