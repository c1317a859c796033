"""Take in a picture that someone sent; take one away with its files."""

from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from images.domain.inspection import inspect_picture
from images.models import Picture, originals
from images.personal import subject_of
from images.tasks import prepare_picture

if TYPE_CHECKING:
    from territoires.models import Territory


def receive_picture(
    *,
    territory: "Territory",
    file: "File[bytes]",
    alternative: str,
    alternative_en: str = "",
    credit: str = "",
    shows: Model | None = None,
) -> Picture:
    """Keep the file aside and have it prepared. Raises a PictureRefused.

    A portrait says whom it `shows`: it is in no list, and goes with them.
    Whether or not the workers can be told, the picture is waiting in the database: the sweeper
    finds it there.
    """
    inspect_picture(file)
    with transaction.atomic():
        picture = Picture(
            territory=territory,
            alternative=alternative,
            alternative_en=alternative_en,
            credit=credit,
            subject=subject_of(shows._meta.label, shows.pk) if shows else "",  # noqa: SLF001
            original=file,
        )
        picture.full_clean()
        picture.save()
        transaction.on_commit(lambda: prepare_picture.delay(picture.pk), robust=True)
    return picture


def remove_picture(*, picture: Picture) -> None:
    """Delete the picture and its files; a twin made of the same file keeps them.

    Raises django's ProtectedError when a page or a record still shows it.
    """
    with transaction.atomic():
        # As it is now: a worker may just have written its files.
        picture = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
        original, names = picture.original.name, picture.file_names
        twins = Picture.objects.filter(digest=picture.digest).exclude(pk=picture.pk)
        if not picture.digest or twins.exists():
            names = []
        picture.delete()
        transaction.on_commit(partial(_delete_files, original, names))


def _delete_files(original: str | None, names: list[str]) -> None:
    if original:
        originals().delete(original)
    for name in names:
        default_storage.delete(name)
