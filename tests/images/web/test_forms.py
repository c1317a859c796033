import pytest
from django import forms
from django.core.exceptions import ValidationError

from images.web.forms import PictureFileField
from tests.factories.images import encoded, upload
from tests.images.domain.test_inspection import png_head


def test_picture_file_field_gives_the_file_from_its_start():
    content = encoded()

    assert PictureFileField().clean(upload(content)).read() == content


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg/>", "a.svg", "Ce fichier n’est pas une image JPEG, PNG ou WebP."),
        (
            png_head(12_000, 12_000),
            "a.png",
            "Cette image est trop grande\u00a0: 40\u00a0mégapixels",
        ),
        (encoded("PNG"), "a.jpg", "Le nom de ce fichier annonce un autre format que le sien."),
        (encoded()[:-2], "a.jpg", "Cette image est abîmée ou incomplète."),
    ],
)
def test_picture_file_field_says_what_is_wrong(content, name, sentence):
    with pytest.raises(ValidationError) as refusal:
        PictureFileField().clean(upload(content, name))

    assert refusal.value.messages[0].startswith(sentence)


def test_picture_file_field_may_be_left_empty():
    assert PictureFileField(required=False).clean(None) is None


def test_picture_file_field_asks_for_pictures_only():
    class Form(forms.Form):
        file = PictureFileField()

    assert 'accept="image/jpeg,image/png,image/webp"' in str(Form())
