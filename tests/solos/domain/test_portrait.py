import pytest
from django.core.files.storage import default_storage

from images.domain.errors import NotAPicture, PictureMisnamed
from images.domain.preparation import prepare_picture
from images.enums import PictureState
from images.models import Picture, originals
from registre.domain.erasure import erase_person
from registre.enums import ConsentUse, ErasureReason
from solos.domain.errors import AlreadyWithdrawn
from solos.domain.portrait import remove_photo, set_photo
from solos.domain.publication import withdraw_consent, withdraw_solo
from solos.enums import PublicField, SoloState
from solos.models import Solo
from tests.factories import PictureFactory, SoloFactory
from tests.factories.images import encoded, upload
from tests.images.domain.test_drawing import SECRET, told


@pytest.fixture
def solo(territory) -> Solo:
    return SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz", published=True)


def prepared(solo: Solo, content: bytes | None = None) -> Solo:
    solo = set_photo(solo=solo, file=upload(content))
    prepare_picture(key=solo.photo_id)
    return Solo.objects.select_related("photo").get(pk=solo.pk)


def test_set_photo_waits_described_and_shown_to_nobody(solo):
    set_photo(solo=solo, file=upload())

    kept = Solo.objects.get()
    photo = kept.photo
    assert (photo.alternative, photo.subject, photo.state, photo.territory_id) == (
        "Portrait de Ana Ruiz",
        f"solos.solo:{solo.pk}",
        PictureState.WAITING,
        solo.territory_id,
    )
    assert not kept.shows(PublicField.PHOTO)
    assert kept.history.count() == solo.history.count()


def test_photo_ready_is_shown_to_whom_was_agreed(solo):
    solo = prepared(solo)
    assert (solo.shows(PublicField.PHOTO), solo.opens(PublicField.PHOTO)) == (True, True)

    solo.published_fields = [PublicField.NAME]
    assert (solo.shows(PublicField.PHOTO), solo.opens(PublicField.PHOTO)) == (False, False)


def test_photo_refused_is_shown_to_nobody(solo):
    solo.photo = PictureFactory(territory=solo.territory, portrait=True, refused=True)

    assert not solo.shows(PublicField.PHOTO)


def test_photo_is_shown_without_where_it_was_taken(solo):
    solo = prepared(solo, told() + b"<script>" + SECRET)

    for name in solo.photo.file_names:
        content = default_storage.open(name).read()
        assert SECRET not in content
        assert b"<script>" not in content


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (upload(b"<svg onload='alert(1)'/>", "moi.svg"), NotAPicture),
        (upload(b"<svg/>", "moi.jpg"), NotAPicture),
        (upload(encoded("GIF"), "moi.gif"), NotAPicture),
        (upload(encoded("PNG"), "moi.jpg"), PictureMisnamed),
    ],
)
def test_photo_refused_at_once_leaves_the_one_before(
    solo, file, refusal, django_capture_on_commit_callbacks
):
    before = prepared(solo).photo

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(refusal):
        set_photo(solo=solo, file=file)

    assert Solo.objects.get().photo == before
    assert Picture.objects.count() == 1
    assert all(default_storage.exists(name) for name in before.file_names)


@pytest.mark.parametrize(
    "act",
    [
        lambda solo: set_photo(solo=solo, file=upload(encoded(size=(32, 32)))),
        lambda solo: remove_photo(solo=solo),
        lambda solo: withdraw_consent(
            solo=solo, use=ConsentUse.PAGE, fields=[PublicField.PHOTO, PublicField.PHONE]
        ),
        lambda solo: withdraw_solo(solo=solo),
        lambda solo: erase_person(row=solo, reason=ErasureReason.REQUEST),
    ],
    ids=["replaced", "removed", "no longer shown", "withdrawn", "erased"],
)
def test_photo_goes_with_its_files(solo, act, django_capture_on_commit_callbacks):
    before = prepared(solo).photo

    with django_capture_on_commit_callbacks(execute=True):
        act(solo)

    assert not Picture.objects.filter(pk=before.pk).exists()
    assert not any(default_storage.exists(name) for name in before.file_names)
    assert Solo.objects.get().photo != before


def test_photo_stays_while_everyone_may_see_it(solo):
    before = prepared(solo).photo

    withdraw_consent(solo=solo, use=ConsentUse.OPEN_DATA, fields=[PublicField.PHOTO])
    withdraw_consent(solo=solo, use=ConsentUse.PAGE, fields=[PublicField.PHONE])

    assert Solo.objects.get().photo == before


def test_photo_that_waits_goes_with_what_was_sent(solo, django_capture_on_commit_callbacks):
    sent = set_photo(solo=solo, file=upload()).photo.original.name

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(solo=solo)

    assert (Picture.objects.count(), originals().exists(sent)) == (0, False)


def test_remove_photo_of_who_has_none_changes_nothing(solo):
    assert remove_photo(solo=solo).photo is None


def test_photo_of_who_withdrew_is_not_taken(solo):
    withdraw_solo(solo=solo)

    with pytest.raises(AlreadyWithdrawn):
        set_photo(solo=solo, file=upload())

    assert (Picture.objects.count(), Solo.objects.get().state) == (0, SoloState.WITHDRAWN)
