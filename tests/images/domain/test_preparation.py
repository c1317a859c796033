from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from images.domain import preparation
from images.domain.preparation import MOST_ATTEMPTS, prepare_picture, sweep_pictures
from images.enums import PictureState
from images.models import Picture, originals
from tests.factories import PictureFactory
from tests.factories.images import encoded, upload

A_MINUTE_AGO = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _empty_storages(settings):
    """Files in memory outlive a test."""
    for storage in (originals(), default_storage):
        for name in storage.listdir("")[1] if storage.exists("") else []:
            storage.delete(name)


def prepare(picture, capture) -> Picture:
    with capture(execute=True):
        assert prepare_picture(key=picture.pk) is True
    picture.refresh_from_db()
    return picture


def test_prepare_picture_draws_and_forgets_the_original(db, django_capture_on_commit_callbacks):
    picture = PictureFactory(waiting=True, original=upload(encoded(size=(700, 350))))
    original = picture.original.name
    assert originals().exists(original)

    prepare(picture, django_capture_on_commit_callbacks)

    assert (picture.state, picture.width, picture.height) == (PictureState.READY, 700, 350)
    assert picture.widths == [480, 700]
    assert [default_storage.exists(name) for name in picture.file_names] == [True] * 3
    assert picture.original.name == ""
    assert not originals().exists(original)


def test_prepare_picture_twice_is_once(db, django_capture_on_commit_callbacks):
    picture = prepare(PictureFactory(waiting=True), django_capture_on_commit_callbacks)
    before = picture.settled_at

    assert prepare_picture(key=picture.pk) is False

    picture.refresh_from_db()
    assert (picture.settled_at, picture.attempts) == (before, 1)


def test_prepare_picture_held_by_another_is_left(db, monkeypatch):
    picture = PictureFactory(waiting=True)
    answers = iter([picture, None])
    monkeypatch.setattr(preparation, "_held", lambda _key: next(answers))

    assert prepare_picture(key=picture.pk) is False

    picture.refresh_from_db()
    assert picture.state == PictureState.WAITING


def test_prepare_picture_names_files_after_their_content(db, django_capture_on_commit_callbacks):
    first = prepare(PictureFactory(waiting=True), django_capture_on_commit_callbacks)
    twin = prepare(
        PictureFactory(waiting=True, territory=first.territory), django_capture_on_commit_callbacks
    )
    elsewhere = prepare(PictureFactory(waiting=True), django_capture_on_commit_callbacks)

    assert first.file_names == twin.file_names
    assert first.digest != elsewhere.digest


@pytest.mark.parametrize("content", [b"", encoded(size=(900, 900))[:-300]])
def test_prepare_picture_that_cannot_be_read_is_refused(
    db, django_capture_on_commit_callbacks, content
):
    picture = PictureFactory(waiting=True, original=ContentFile(content, "a.jpg"))
    original = picture.original.name

    prepare(picture, django_capture_on_commit_callbacks)

    assert (picture.state, picture.file_names) == (PictureState.REFUSED, [])
    assert picture.refusal.startswith(("Ce fichier n’est pas", "Cette image est abîmée"))
    assert not originals().exists(original)


def test_prepare_picture_whose_file_is_lost_is_refused(db, django_capture_on_commit_callbacks):
    picture = PictureFactory(waiting=True)
    originals().delete(picture.original.name)

    assert prepare(picture, django_capture_on_commit_callbacks).state == PictureState.REFUSED


def test_prepare_picture_that_kills_its_workers_is_given_up(db, django_capture_on_commit_callbacks):
    picture = PictureFactory(waiting=True, attempts=MOST_ATTEMPTS)

    assert prepare(picture, django_capture_on_commit_callbacks).state == PictureState.REFUSED


def test_sweep_pictures_takes_what_nobody_was_told_of(db, django_capture_on_commit_callbacks):
    late = PictureFactory(waiting=True, received_at=timezone.now() - A_MINUTE_AGO)
    fresh = PictureFactory(waiting=True)

    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_pictures() == 1

    late.refresh_from_db(), fresh.refresh_from_db()
    assert (late.state, fresh.state) == (PictureState.READY, PictureState.WAITING)


def test_sweep_pictures_clears_what_was_left(db, monkeypatch):
    settled = PictureFactory(original=upload())
    waiting = PictureFactory(waiting=True)
    originals().save("egare", ContentFile(b"x"))
    now = timezone.now()

    sweep_pictures()
    assert originals().exists("egare")
    monkeypatch.setattr(preparation.timezone, "now", lambda: now + timedelta(hours=2))
    monkeypatch.setattr(preparation, "prepare_picture", lambda key: False)
    sweep_pictures()

    settled.refresh_from_db()
    assert settled.original.name == ""
    assert originals().listdir("")[1] == [waiting.original.name]


def test_sweep_pictures_before_the_first_upload(db, monkeypatch):
    def no_folder(_path):
        raise FileNotFoundError

    monkeypatch.setattr(originals(), "listdir", no_folder)

    assert sweep_pictures() == 0
