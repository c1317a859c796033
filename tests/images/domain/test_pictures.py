import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from images.domain.errors import NotAPicture
from images.domain.pictures import receive_picture, remove_picture
from images.enums import PictureState
from images.models import Picture, originals
from images.tasks import prepare_picture
from tests.factories import PictureFactory
from tests.factories.images import upload


def receive(territory, **given):
    given = {"file": upload(), "alternative": "Le marché"} | given
    return receive_picture(territory=territory, **given)


def test_receive_picture_waits_then_is_prepared(territory, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = receive(territory, credit="Camille Martin")
        assert picture.state == PictureState.WAITING
        assert originals().exists(picture.original.name)
        assert not default_storage.exists(picture.original.name)
        assert "photo" not in picture.original.name

    picture.refresh_from_db()
    assert (picture.state, picture.credit) == (PictureState.READY, "Camille Martin")


def test_receive_picture_without_workers_is_still_received(
    territory, monkeypatch, django_capture_on_commit_callbacks
):
    def away(_key):
        raise ConnectionError

    monkeypatch.setattr(prepare_picture, "delay", away)

    with django_capture_on_commit_callbacks(execute=True):
        receive(territory)

    assert Picture.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"file": upload(b"<svg/>", "a.svg")}, NotAPicture),
        ({"alternative": ""}, ValidationError),
        ({"alternative": "   "}, ValidationError),
    ],
)
def test_receive_picture_refused_leaves_nothing(territory, given, refusal):
    with pytest.raises(refusal):
        receive(territory, **given)

    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"alternative": " "},
        {"state": "waiting"},
        {"settled_at": None},
        {"width": None},
        {"digest": "../../etc/passwd"},
        {"state": "refused", "refusal": ""},
    ],
)
def test_database_refuses_a_picture_that_contradicts_itself(territory, changes):
    picture = PictureFactory(territory=territory)

    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**changes)


def test_remove_picture_takes_its_files_with_it(territory, django_capture_on_commit_callbacks):
    picture = PictureFactory(territory=territory, original=upload())
    original, names = picture.original.name, picture.file_names
    for name in names:
        default_storage.save(name, ContentFile(b"x"))

    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture=picture)

    assert Picture.objects.count() == 0
    assert [default_storage.exists(name) for name in names] == [False] * 4
    assert not originals().exists(original)


def test_remove_picture_leaves_the_files_of_its_twin(territory, django_capture_on_commit_callbacks):
    picture = PictureFactory(territory=territory)
    twin = PictureFactory(territory=territory, digest=picture.digest)
    default_storage.save(twin.jpeg_name, ContentFile(b"x"))

    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture=picture)

    assert default_storage.exists(twin.jpeg_name)


def test_remove_picture_still_waiting(territory, django_capture_on_commit_callbacks):
    PictureFactory(territory=territory, refused=True)
    picture = PictureFactory(territory=territory, waiting=True)
    original = picture.original.name

    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture=picture)

    assert not originals().exists(original)
    assert Picture.objects.refused().count() == 1
