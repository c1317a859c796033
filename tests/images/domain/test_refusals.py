from images.domain.errors import PictureRefused
from images.domain.refusals import SENTENCES


def test_every_refusal_has_its_sentence():
    assert set(SENTENCES) == set(PictureRefused.__subclasses__())
