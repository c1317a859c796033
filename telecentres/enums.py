from django.db import models
from django.utils.translation import gettext_lazy as _


class TelecentreKind(models.TextChoices):
    TELECENTRE = "telecentre", _("télécentre")
    COWORKING = "coworking", _("espace de coworking")
    THIRD_PLACE = "third_place", _("tiers-lieu")
    INCUBATOR = "incubator", _("pépinière d’entreprises")


class TelecentreState(models.TextChoices):
    PLANNED = "planned", _("en projet")
    OPEN = "open", _("ouvert")
    CLOSED = "closed", _("fermé")

    @classmethod
    def public(cls) -> list["TelecentreState"]:
        return [cls.PLANNED, cls.OPEN]


class SpaceKind(models.TextChoices):
    OFFICE = "office", _("bureau fermé")
    DESK = "desk", _("poste en open-space")
    MEETING_ROOM = "meeting_room", _("salle de réunion")
    VIDEO_POINT = "video_point", _("point visio")
    WORKSHOP = "workshop", _("atelier")


class PointPrecision(models.TextChoices):
    """How far a point on the map may be believed."""

    ADDRESS = "address", _("à l’adresse")
    COMMUNE = "commune", _("au centre de la commune")


class Weekday(models.IntegerChoices):
    """ISO numbers: Monday is 1."""

    MONDAY = 1, _("lundi")
    TUESDAY = 2, _("mardi")
    WEDNESDAY = 3, _("mercredi")
    THURSDAY = 4, _("jeudi")
    FRIDAY = 5, _("vendredi")
    SATURDAY = 6, _("samedi")
    SUNDAY = 7, _("dimanche")
