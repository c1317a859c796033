from pathlib import Path

from django.conf import settings

from config.settings import base
from tests.factories import PictureFactory


def test_picture_names_its_files_after_its_content(db):
    picture = PictureFactory.build(digest="ab" * 32, width=700, height=350)
    stem = f"images/ab/{'ab' * 32}"

    assert picture.file_names == [f"{stem}-480.webp", f"{stem}-700.webp", f"{stem}.jpg"]
    assert picture.srcset == f"/media/{stem}-480.webp 480w, /media/{stem}-700.webp 700w"
    assert picture.url == f"/media/{stem}.jpg"


def test_picture_that_is_not_ready_has_no_file(db):
    waiting = PictureFactory.build(waiting=True)

    assert (waiting.is_ready, waiting.file_names, waiting.srcset) == (False, [], "")
    assert waiting.url == ""


def test_originals_lie_where_no_address_leads(db):
    kept = Path(base.STORAGES["originals"]["OPTIONS"]["location"])

    assert not kept.is_relative_to(settings.MEDIA_ROOT)
    assert not kept.is_relative_to(base.STATIC_ROOT)
