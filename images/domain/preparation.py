"""From what was sent to what is shown, outside any request; nothing sent outlives it."""

from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import IO, cast

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from images.domain.drawing import draw
from images.domain.errors import PictureBroken, PictureRefused
from images.domain.refusals import sentence
from images.enums import PictureState
from images.models import Picture, originals

log = structlog.get_logger(__name__)

# A file that three times took its worker down with it is not tried a fourth time.
MOST_ATTEMPTS = 3
# A form that failed after its file was kept leaves it behind.
STRAY_AFTER = timedelta(hours=1)


def prepare_picture(*, key: int) -> bool:
    """Draw a waiting picture, or refuse it; False when there was nothing to do.

    Safe to run twice and at once: whoever holds the row does the work, the names of the files
    depend on their content, and a worker killed on the way leaves the picture waiting.
    """
    with transaction.atomic():
        picture = _held(key)
        if picture is None:
            return False
        # Kept before the work, which may end this process.
        picture.attempts += 1
        picture.save(update_fields=["attempts"])
    with transaction.atomic():
        picture = _held(key)
        if picture is None:
            return False
        _settle(picture)
        transaction.on_commit(partial(_forget_original, picture))
    return True


def sweep_pictures() -> int:
    """Prepare what nobody was told of, and clear away what was left behind."""
    overdue = list(Picture.objects.overdue().values_list("pk", flat=True))
    prepared = sum(prepare_picture(key=key) for key in overdue)
    for picture in Picture.objects.with_leftovers():
        _forget_original(picture)
    _forget_strays()
    return prepared


def _held(key: int) -> Picture | None:
    waiting = Picture.objects.waiting().filter(pk=key)
    return waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()


def _settle(picture: Picture) -> None:
    try:
        if picture.attempts > MOST_ATTEMPTS:
            raise PictureBroken
        _draw(picture)
        picture.state = PictureState.READY
    except PictureRefused as refusal:
        log.warning("picture_refused", picture=picture.pk, reason=type(refusal).__name__)
        picture.state = PictureState.REFUSED
        with override("fr"):
            picture.refusal = str(sentence(refusal))
    picture.settled_at = timezone.now()
    picture.save()


def _draw(picture: Picture) -> None:
    """Write the public files, named after the content that was sent, and keep their measures."""
    try:
        with picture.original.open("rb") as file:
            # Two territories that sent the same file have each their own: one may be removed.
            seed = sha256(f"{picture.territory_id}:".encode())
            for chunk in file.chunks():
                seed.update(chunk)
            drawn = draw(cast("IO[bytes]", file))
    except FileNotFoundError as error:
        raise PictureBroken from error
    picture.digest, picture.width, picture.height = seed.hexdigest(), drawn.width, drawn.height
    for width, content in drawn.webp.items():
        _write(picture.webp_name(width), content)
    _write(picture.jpeg_name, drawn.jpeg)


def _write(name: str, content: bytes) -> None:
    """In place of what a killed worker may have left half written."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _forget_original(picture: Picture) -> None:
    originals().delete(str(picture.original.name))
    Picture.objects.filter(pk=picture.pk).update(original="")


def _forget_strays() -> None:
    storage = originals()
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return
    kept = set(Picture.objects.waiting().values_list("original", flat=True))
    limit = timezone.now() - STRAY_AFTER
    for name in names:
        if name not in kept and storage.get_modified_time(name) < limit:
            storage.delete(name)
