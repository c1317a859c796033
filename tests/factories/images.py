from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from images.enums import PictureState
from images.models import Picture
from tests.factories.territoires import TerritoryFactory


def encoded(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options):
    """The bytes of a plain picture."""
    out = BytesIO()
    Image.new(mode, size, "olive").save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded() if content is None else content)


class PictureFactory(factory.django.DjangoModelFactory[Picture]):
    """A ready picture, 1,600 by 1,200; its files are not there."""

    class Meta:
        model = Picture

    territory = factory.SubFactory(TerritoryFactory)
    alternative = factory.Sequence(lambda n: f"Le marché, vue {n}")
    state = PictureState.READY
    settled_at = factory.LazyFunction(timezone.now)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    width, height = 1600, 1200

    class Params:
        portrait = factory.Trait(subject="solos.solo:1", alternative="Portrait de quelqu’un")
        waiting = factory.Trait(
            state=PictureState.WAITING,
            settled_at=None,
            digest="",
            width=None,
            height=None,
            original=factory.LazyFunction(upload),
        )
        refused = factory.Trait(
            state=PictureState.REFUSED, refusal="Abîmée.", digest="", width=None, height=None
        )
