"""Of the files that the site keeps, those that `images` drew are served, and no other."""

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from config.urls import urlpatterns
from images.domain.pictures import receive_picture
from images.domain.preparation import prepare_picture
from tests.factories.images import upload
from tests.images.domain.test_drawing import SECRET, told

DIGEST = "ab" * 32


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of our own in place of the site's."""
    media = next(one for one in urlpatterns if getattr(one, "name", "") == "media")
    monkeypatch.setitem(media.default_args, "document_root", tmp_path)
    return tmp_path


def put(folder, name, content=b"x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("name", [f"{DIGEST}.jpg", f"{DIGEST}-480.webp", f"{DIGEST}-1600.webp"])
def test_drawn_picture_is_served(client, folder, name):
    put(folder, f"images/ab/{name}", b"drawn")

    answer = client.get(f"/media/images/ab/{name}")

    assert (answer.status_code, answer.getvalue()) == (200, b"drawn")


@pytest.mark.parametrize(
    "name",
    [
        "solos/ana.jpg",
        "villages/foix.png",
        "territoires/logo.svg",
        DIGEST,
        f"images/{DIGEST}.jpg",
        f"images/ab/{DIGEST}",
        f"images/ab/{DIGEST}.html",
        f"images/ab/{DIGEST}.svg",
        f"images/ab/{DIGEST}.jpg.html",
        f"images/ab/{DIGEST.upper()}.jpg",
        f"images/ab/{DIGEST}-480.webp.svg",
        f"images/ab/x/{DIGEST}.jpg",
        "images/ab/photo.jpg",
        "images/ab/",
        "images/",
        "",
        f"images/../images/ab/{DIGEST}.jpg",
        "../secrets/key",
    ],
)
def test_anything_else_is_404_though_it_lies_there(client, folder, territory, name):
    if name and not name.endswith("/") and ".." not in name:
        put(folder, name)

    assert client.get(f"/media/{name}").status_code == 404


def test_what_was_sent_has_no_address_and_what_is_served_tells_nothing(
    client, folder, territory, monkeypatch
):
    """From the photo of a telephone to the address of its picture, by real files."""
    drawn = FileSystemStorage(folder, base_url="/media/")
    for module in ("images.models", "images.domain.preparation", "images.domain.pictures"):
        monkeypatch.setattr(f"{module}.default_storage", drawn)
    picture = receive_picture(
        territory=territory, file=upload(told() + b"<script>"), alternative="Le marché"
    )
    sent = picture.original.name
    put(folder, sent, told())

    prepare_picture(key=picture.pk)

    picture.refresh_from_db()
    for address in (picture.url, *(one.split()[0] for one in picture.srcset.split(", "))):
        answer = client.get(address)
        content = answer.getvalue()
        assert answer.status_code == 200
        assert SECRET not in content
        assert b"<script>" not in content
    assert client.get(f"/media/{sent}").status_code == 404


def test_originals_lie_outside_what_is_served():
    assert storages["originals"] is not storages["default"]
    assert str(settings.MEDIA_ROOT).endswith("var/media")
