"""Each refusal in a sentence: what happened, and how to get out of it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from images.domain.errors import (
    NotAPicture,
    PictureBroken,
    PictureMisnamed,
    PictureRefused,
    PictureTooHeavy,
    PictureTooLarge,
)

SENTENCES: dict[type[PictureRefused], Promise] = {
    PictureTooHeavy: _("Ce fichier pèse plus de 12 Mo. Réduisez l’image, puis renvoyez-la."),
    NotAPicture: _("Ce fichier n’est pas une image JPEG, PNG ou WebP. Enregistrez-la ainsi."),
    PictureMisnamed: _("Le nom de ce fichier annonce un autre format que le sien. Renommez-le."),
    PictureTooLarge: _("Cette image est trop grande : 40 mégapixels au plus. Réduisez-la."),
    PictureBroken: _("Cette image est abîmée ou incomplète. Envoyez-la de nouveau."),
}


def sentence(refusal: PictureRefused) -> Promise:
    return SENTENCES[type(refusal)]
