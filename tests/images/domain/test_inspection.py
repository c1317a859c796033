import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from images.domain.errors import (
    NotAPicture,
    PictureBroken,
    PictureMisnamed,
    PictureTooHeavy,
    PictureTooLarge,
)
from images.domain.inspection import HEAVIEST, inspect_picture
from tests.factories.images import encoded


def inspect(content: bytes, name: str, size: int | None = None) -> None:
    sent = SimpleUploadedFile(name, content)
    sent.size = len(content) if size is None else size
    inspect_picture(sent)


def png_head(width: int, height: int) -> bytes:
    """A PNG that announces its size, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    """A chunk of text that inflates to a hundred megabytes."""
    content = encoded("PNG")
    data = b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 9)
    text = struct.pack(">I", len(data)) + b"zTXt" + data
    text += struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return content[:33] + text + content[33:]


JPEG, PNG, WEBP = encoded("JPEG"), encoded("PNG"), encoded("WEBP")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (JPEG, "a.jpg"),
        (JPEG, "A.JPEG"),
        (PNG, "a.png"),
        (WEBP, "a.webp"),
        (encoded("JPEG", progressive=True), "a.jpg"),
        (encoded("PNG", (7_000, 5_000), "1"), "a.png"),
        # Phones hide a film or their notes behind the picture; it is never served.
        (JPEG[:2] + b"\xff\xff" + JPEG[3:], "a.jpg"),
        (JPEG + b"\0" * 64 + b"<script>alert(1)</script>", "a.jpg"),
    ],
)
def test_inspect_picture_takes_what_a_camera_makes(content, name):
    inspect(content, name)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (png_head(12_000, 12_000), "bombe.png", PictureTooLarge),
        (png_head(65_000, 65_000), "bombe.png", PictureTooLarge),
        (png_head(16_001, 10), "ruban.png", PictureTooLarge),
        (png_with_text_bomb(), "texte.png", PictureBroken),
        (SVG, "a.svg", NotAPicture),
        (SVG, "a.png", NotAPicture),
        (encoded("GIF"), "a.gif", NotAPicture),
        (encoded("GIF"), "a.png", NotAPicture),
        (encoded("BMP"), "a.jpg", NotAPicture),
        (encoded("TIFF"), "a.jpg", NotAPicture),
        (b"%PDF-1.7\n" + JPEG, "a.jpg", NotAPicture),
        (b"PK\x03\x04" + JPEG, "a.jpg", NotAPicture),
        (b"GIF89a" + JPEG, "a.jpg", NotAPicture),
        (b"<html><script>alert(1)</script></html>", "a.jpg", NotAPicture),
        (b"", "a.jpg", NotAPicture),
        (JPEG, "a", NotAPicture),
        (JPEG, "a.jpg.php", NotAPicture),
        (PNG, "a.jpg", PictureMisnamed),
        (WEBP, "a.png", PictureMisnamed),
        (JPEG[: len(JPEG) // 2], "a.jpg", PictureBroken),
        (JPEG[:-2], "a.jpg", PictureBroken),
        (PNG[:-20], "a.png", PictureBroken),
        (WEBP[:-8], "a.webp", PictureBroken),
    ],
)
def test_inspect_picture_refuses(content, name, refusal):
    with pytest.raises(refusal) as caught:
        inspect(content, name)

    assert type(caught.value) is refusal


def test_inspect_picture_heavy_file_is_not_even_opened():
    with pytest.raises(PictureTooHeavy):
        inspect(b"", "a.jpg", HEAVIEST + 1)


def test_a_bomb_would_take_its_room_without_the_guard():
    """Control: what is refused by its head alone would have been drawn whole."""
    image = Image.new("1", (12_000, 12_000))
    out = BytesIO()
    image.save(out, "PNG")
    assert len(out.getvalue()) < 100_000

    with pytest.raises(PictureTooLarge):
        inspect(out.getvalue(), "a.png")
    with pytest.warns(Image.DecompressionBombWarning):
        whole = Image.open(out).convert("RGB")
    assert whole.width * whole.height * 3 == 432_000_000
