"""Look at a file that a stranger sent, without drawing one pixel of it.

A file that hides something behind a real picture passes: it is never served, and nothing but
pixels is carried over into what is.
"""

from typing import IO, cast

from django.core.files.base import File
from PIL import Image, UnidentifiedImageError

from images.domain.errors import (
    NotAPicture,
    PictureBroken,
    PictureMisnamed,
    PictureTooHeavy,
    PictureTooLarge,
)

HEAVIEST = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
# WebP holds no longer side.
LONGEST_SIDE = 16_000
# Nothing else of the library's readers is ever tried. MPO is what some phones make of a JPEG.
READ_FORMATS = ["JPEG", "PNG", "WEBP"]
SUFFIXES = {
    "JPEG": {".jpg", ".jpeg"},
    "MPO": {".jpg", ".jpeg"},
    "PNG": {".png"},
    "WEBP": {".webp"},
}
END_OF_JPEG = b"\xff\xd9"


def inspect_picture(sent: "File[bytes]") -> None:
    """Raises the PictureRefused that says what is wrong with `sent`; leaves it at its start."""
    if sent.size > HEAVIEST:
        raise PictureTooHeavy
    suffix = f".{str(sent.name).rpartition('.')[2].lower()}"
    if not any(suffix in known for known in SUFFIXES.values()):
        raise NotAPicture
    file = cast("IO[bytes]", sent.open("rb"))
    image = open_picture(file)
    if suffix not in SUFFIXES[image.format or ""]:
        raise PictureMisnamed
    _check_end(image, file)
    file.seek(0)


def open_picture(file: IO[bytes]) -> Image.Image:
    """Read the head of a picture. Raises NotAPicture, PictureTooLarge or PictureBroken."""
    file.seek(0)
    try:
        image = Image.open(file, formats=READ_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except UnidentifiedImageError as error:
        raise NotAPicture from error
    except Exception as error:
        # The readers raise whatever a hostile head makes them stumble over.
        raise PictureBroken from error
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PictureTooLarge
    return image


def _check_end(image: Image.Image, file: IO[bytes]) -> None:
    """A transfer cut short is told at once, not after the preparation. Raises PictureBroken."""
    if image.format == "PNG":
        try:
            image.verify()
        except Exception as error:
            raise PictureBroken from error
    elif image.format in {"JPEG", "MPO"}:
        # Behind the head, this mark stands nowhere but at the end of the pixels.
        file.seek(_head_length(file))
        if END_OF_JPEG not in file.read():
            raise PictureBroken


def _head_length(file: IO[bytes]) -> int:
    """Where the pixels of a JPEG begin: behind its segments, each led by its length."""
    position = 2
    while True:
        file.seek(position)
        mark = file.read(4)
        if mark[:2] == b"\xff\xff":  # a byte of filling
            position += 1
            continue
        position += 2 + int.from_bytes(mark[2:])
        if mark[:1] != b"\xff" or mark[1:2] == b"\xda":
            return position
