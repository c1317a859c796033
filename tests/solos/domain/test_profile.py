from solos.domain.profile import spoken_languages
from solos.models import Solo


def test_spoken_languages_by_name_else_by_code():
    solo = Solo(languages=["fr", "OC", "xx"])

    assert spoken_languages(solo) == ["français", "occitan", "xx"]
