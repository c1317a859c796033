from io import BytesIO

import pytest
from PIL import Image, ImageCms

from images.domain.drawing import draw
from images.domain.errors import NotAPicture, PictureBroken, PictureTooLarge
from tests.factories.images import encoded
from tests.images.domain.test_inspection import png_head

SECRET = b"sentinelle"


def told(size: tuple[int, int] = (2_000, 1_000)) -> bytes:
    """A photo that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = SECRET.decode()
    return encoded("JPEG", size, exif=exif.tobytes(), comment=SECRET)


def test_draw_turns_then_forgets_where_it_was_taken():
    content = told()
    assert content.count(SECRET) >= 2

    drawn = draw(BytesIO(content))

    assert (drawn.width, drawn.height) == (1000, 2000)
    assert sorted(drawn.webp) == [480, 960, 1000]
    for file in (*drawn.webp.values(), drawn.jpeg):
        image = Image.open(BytesIO(file))
        assert SECRET not in file
        assert dict(image.getexif()) == {}
        assert {"icc_profile", "exif", "xmp", "comment"} & set(image.info) == set()
    assert Image.open(BytesIO(drawn.webp[480])).size == (480, 960)


def test_the_place_would_have_been_told_without_drawing_anew():
    """Control: saved again as it is, the photo keeps its secrets."""
    image = Image.open(BytesIO(told()))
    out = BytesIO()
    image.save(out, "JPEG", exif=image.getexif())

    assert SECRET in out.getvalue()


@pytest.mark.parametrize(
    ("width", "widths"),
    [(100, [100]), (480, [480]), (1_600, [480, 960, 1600]), (4_000, [480, 960, 1600])],
)
def test_draw_never_enlarges(width, widths):
    drawn = draw(BytesIO(encoded("PNG", (width, 50))))

    assert sorted(drawn.webp) == widths
    assert (drawn.width, drawn.height) == (widths[-1], round(50 * widths[-1] / width))


def test_draw_leaves_behind_what_hides_after_the_picture():
    drawn = draw(BytesIO(encoded("JPEG") + b"<script>" + SECRET))

    assert SECRET not in b"".join([*drawn.webp.values(), drawn.jpeg])


def test_draw_same_file_gives_the_same_bytes():
    assert draw(BytesIO(told())) == draw(BytesIO(told()))


def test_draw_puts_what_is_transparent_on_white():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    drawn = draw(out)

    assert Image.open(BytesIO(drawn.jpeg)).getpixel((5, 5)) == (255, 255, 255)
    assert Image.open(BytesIO(drawn.webp[10])).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "LA"])
def test_draw_reads_every_kind_of_colour(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = BytesIO()
    Image.new("RGB", (10, 10), "red").convert(mode).save(out, kind)

    assert draw(out).width == 10


@pytest.mark.parametrize(
    "profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"broken"]
)
def test_draw_applies_the_profile_or_does_without(profile):
    drawn = draw(BytesIO(encoded("PNG", icc_profile=profile)))

    assert "icc_profile" not in Image.open(BytesIO(drawn.jpeg)).info


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (encoded("JPEG", (2_000, 2_000))[:-1_000], PictureBroken),
        (png_head(1_000, 1_000), PictureBroken),
        (png_head(12_000, 12_000), PictureTooLarge),
        (b"", NotAPicture),
    ],
)
def test_draw_refuses_what_has_no_end(content, refusal):
    with pytest.raises(refusal):
        draw(BytesIO(content))
