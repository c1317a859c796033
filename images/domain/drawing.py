"""Draw a picture anew, at our sizes: pixels pass, everything else stays behind."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageCms, ImageOps

from images.domain.errors import PictureBroken
from images.domain.inspection import open_picture
from images.models import WIDTHS, widths_up_to

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True)
class Drawn:
    """Encoded files: WebP by width in pixels, and one JPEG at the widest."""

    width: int
    height: int
    webp: dict[int, bytes]
    jpeg: bytes


def draw(file: IO[bytes]) -> Drawn:
    """Raises a PictureRefused when the file can't be read to its end."""
    image = open_picture(file)
    # A JPEG is decoded straight at a smaller scale: an eighth of the work and of the memory.
    image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    try:
        upright = _plain(ImageOps.exif_transpose(image))
    except Exception as error:
        raise PictureBroken from error
    sizes = [_at_width(upright, width) for width in widths_up_to(upright.width)]
    widest = sizes[-1]
    return Drawn(
        width=widest.width,
        height=widest.height,
        webp={size.width: _encoded(size, "WEBP", quality=80, method=4) for size in sizes},
        jpeg=_encoded(_on_white(widest), "JPEG", quality=82, optimize=True, progressive=True),
    )


def _plain(image: Image.Image) -> Image.Image:
    """The same pixels in sRGB, and nothing that came with them: position, comments, profile."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        image = _in_srgb(image, profile)
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # A profile that can't be read is left aside: the colours are then taken as they are.
        return image
    return converted or image


def _at_width(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
