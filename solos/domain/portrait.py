"""The photo of a solo: theirs alone, it goes when they say so, and with them."""

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from images.domain.pictures import receive_picture
from images.models import Picture
from solos.domain.errors import AlreadyWithdrawn
from solos.domain.publication import forget_photo, locked_solo
from solos.enums import SoloState
from solos.models import Solo


def set_photo(*, solo: Solo, file: "File[bytes]") -> Solo:
    """Have the file prepared in place of the photo before, which is deleted.

    Who sees it is another matter: consents are not touched. Raises a PictureRefused,
    AlreadyWithdrawn.
    """
    with transaction.atomic():
        solo = locked_solo(solo)
        if solo.state == SoloState.WITHDRAWN:
            raise AlreadyWithdrawn
        show_photo(solo, receive_portrait(solo=solo, file=file))
    return solo


def receive_portrait(*, solo: Solo, file: "File[bytes]") -> Picture:
    """Have the file prepared as a portrait of the solo, whom nothing shows yet."""
    with override("fr"):
        words = _("Portrait de %s") % solo
    return receive_picture(territory=solo.territory, file=file, alternative=words, shows=solo)


def show_photo(solo: Solo, photo: Picture) -> None:
    """Put a portrait in place of the photo of a locked solo, which is deleted."""
    forget_photo(solo)
    solo.photo = photo
    # By SQL: past versions say nothing of photos.
    Solo.objects.filter(pk=solo.pk).update(photo=photo)


def remove_photo(*, solo: Solo) -> Solo:
    with transaction.atomic():
        solo = locked_solo(solo)
        forget_photo(solo)
    return solo
