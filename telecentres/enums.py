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


class BookingUnit(models.TextChoices):
    """The lengths that a space is let for."""

    HOUR = "hour", _("heure")
    HALF_DAY = "half_day", _("demi-journée")
    DAY = "day", _("journée")
    WEEK = "week", _("semaine")
    MONTH = "month", _("mois")


class DayPart(models.TextChoices):
    """What of a day one looks for, at the hours of each place; values are words of addresses."""

    DAY = "journee", _("la journée")
    MORNING = "matin", _("le matin")
    AFTERNOON = "apres-midi", _("l’après-midi")

    @property
    def unit(self) -> BookingUnit:
        return BookingUnit.DAY if self == DayPart.DAY else BookingUnit.HALF_DAY


class BookingState(models.TextChoices):
    REQUESTED = "requested", _("demandée")
    CONFIRMED = "confirmed", _("confirmée")
    BLOCKED = "blocked", _("espace fermé")
    REFUSED = "refused", _("refusée")
    EXPIRED = "expired", _("restée sans réponse")
    CANCELLED = "cancelled", _("annulée")

    @classmethod
    def holding(cls) -> list["BookingState"]:
        """Those that keep everyone else out of the space."""
        return [cls.REQUESTED, cls.CONFIRMED, cls.BLOCKED]

    @classmethod
    def of_someone(cls) -> list["BookingState"]:
        """Those of a holder who means to come."""
        return [cls.REQUESTED, cls.CONFIRMED]


class BookingOrigin(models.TextChoices):
    SITE = "site", _("le titulaire, sur le site")
    COUNTER = "counter", _("le gestionnaire")
    API = "api", _("un programme")


class BookingAct(models.TextChoices):
    BOOKED = "booked", _("réservé")
    REQUESTED = "requested", _("demandé")
    BLOCKED = "blocked", _("fermé par le gestionnaire")
    APPROVED = "approved", _("accepté")
    REFUSED = "refused", _("refusé")
    EXPIRED = "expired", _("resté sans réponse")
    MOVED = "moved", _("déplacé")
    CANCELLED = "cancelled", _("annulé")

    @property
    def leads_to(self) -> BookingState:
        """The state of a booking after this act. A move leaves it as it is."""
        return {
            BookingAct.BOOKED: BookingState.CONFIRMED,
            BookingAct.REQUESTED: BookingState.REQUESTED,
            BookingAct.BLOCKED: BookingState.BLOCKED,
            BookingAct.APPROVED: BookingState.CONFIRMED,
            BookingAct.REFUSED: BookingState.REFUSED,
            BookingAct.EXPIRED: BookingState.EXPIRED,
            BookingAct.CANCELLED: BookingState.CANCELLED,
        }[self]
