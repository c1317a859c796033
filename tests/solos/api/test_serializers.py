from solos.api.serializers import SoloSerializer
from solos.enums import PublicField


def test_solo_says_the_public_fields_and_no_other():
    """A field of the model reaches the public by entering PublicField, and no other way."""
    assert list(SoloSerializer().fields) == ["slug", *PublicField.values, "url", "page"]


def test_solo_cannot_be_written():
    assert [name for name, field in SoloSerializer().fields.items() if not field.read_only] == []
