"""Why a file is not taken as a picture."""


class PictureRefused(Exception):
    """Any of the refusals below."""


class PictureTooHeavy(PictureRefused):
    """More bytes than a picture needs."""


class NotAPicture(PictureRefused):
    """Neither a JPEG, a PNG nor a WebP, whatever its name says."""


class PictureMisnamed(PictureRefused):
    """A picture of another format than its name says."""


class PictureTooLarge(PictureRefused):
    """More pixels than we agree to draw."""


class PictureBroken(PictureRefused):
    """It begins like a picture, but cannot be read to its end."""
