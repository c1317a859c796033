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


class ConnectionKind(models.TextChoices):
    """What carries the place's connection."""

    FIBRE = "fibre", _("fibre")
    CABLE = "cable", _("câble")
    DSL = "dsl", _("ADSL ou VDSL")
    RADIO = "radio", _("4G, 5G ou radio")
    SATELLITE = "satellite", _("satellite")


class StepFree(models.TextChoices):
    """Whether one can come in and work there without a step."""

    YES = "yes", _("oui")
    PARTLY = "partly", _("en partie")
    NO = "no", _("non")


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
    OFFERED = "offered", _("proposée")
    REQUESTED = "requested", _("demandée")
    CONFIRMED = "confirmed", _("confirmée")
    BLOCKED = "blocked", _("espace fermé")
    REFUSED = "refused", _("refusée")
    EXPIRED = "expired", _("restée sans réponse")
    CANCELLED = "cancelled", _("annulée")
    NO_SHOW = "no_show", _("non honorée")

    @classmethod
    def holding(cls) -> list["BookingState"]:
        """Those that keep everyone else out of the space."""
        return [*cls.promised(), cls.BLOCKED]

    @classmethod
    def promised(cls) -> list["BookingState"]:
        """Those kept for someone, who may not have said yes yet."""
        return [cls.OFFERED, *cls.of_someone()]

    @classmethod
    def given_back(cls) -> list["BookingState"]:
        """Those of bookings that never were used: they cost nothing and count for nothing."""
        return [cls.REFUSED, cls.EXPIRED, cls.CANCELLED]

    @classmethod
    def of_someone(cls) -> list["BookingState"]:
        """Those of a holder who means to come."""
        return [cls.REQUESTED, cls.CONFIRMED]

    @classmethod
    def awaiting(cls) -> list["BookingState"]:
        """Those that give their space back by themselves, unless they are answered in time."""
        return [cls.OFFERED, cls.REQUESTED]


class BookingOrigin(models.TextChoices):
    SITE = "site", _("le titulaire, sur le site")
    COUNTER = "counter", _("le gestionnaire")
    API = "api", _("un programme")
    VISITOR = "visitor", _("un visiteur, sans compte")


class WaitState(models.TextChoices):
    WAITING = "waiting", _("dans la file")
    OFFERED = "offered", _("place proposée")
    TAKEN = "taken", _("place prise")
    LEFT = "left", _("a renoncé")
    LAPSED = "lapsed", _("n’a pas répondu")

    @classmethod
    def open(cls) -> list["WaitState"]:
        """Those of whoever still hopes for a place."""
        return [cls.WAITING, cls.OFFERED]


class UseSource(models.TextChoices):
    """How one knows that a place was used: three figures that are never added up."""

    BOOKED = "booked", _("réservé")
    WALK_IN = "walk_in", _("venu sans réserver")
    STATED = "stated", _("déclaré par le lieu")


class BookingAct(models.TextChoices):
    OFFERED = "offered", _("proposé à la file d’attente")
    HELD = "held", _("gardé, le temps de confirmer par e-mail")
    DECLINED = "declined", _("décliné")
    LAPSED = "lapsed", _("proposition reprise")
    BOOKED = "booked", _("réservé")
    REQUESTED = "requested", _("demandé")
    BLOCKED = "blocked", _("fermé par le gestionnaire")
    APPROVED = "approved", _("accepté")
    REFUSED = "refused", _("refusé")
    EXPIRED = "expired", _("resté sans réponse")
    MOVED = "moved", _("déplacé")
    CANCELLED = "cancelled", _("annulé")
    REMINDED = "reminded", _("rappelé par e-mail")
    CHECKED_IN = "checked_in", _("arrivé")
    NO_SHOW = "no_show", _("rendu, faute d’arrivée")

    @property
    def leads_to(self) -> BookingState:
        """The state of a booking after this act. A move, a reminder, an arrival leave it as is."""
        return {
            BookingAct.OFFERED: BookingState.OFFERED,
            BookingAct.HELD: BookingState.OFFERED,
            BookingAct.DECLINED: BookingState.CANCELLED,
            BookingAct.LAPSED: BookingState.EXPIRED,
            BookingAct.BOOKED: BookingState.CONFIRMED,
            BookingAct.REQUESTED: BookingState.REQUESTED,
            BookingAct.BLOCKED: BookingState.BLOCKED,
            BookingAct.APPROVED: BookingState.CONFIRMED,
            BookingAct.REFUSED: BookingState.REFUSED,
            BookingAct.EXPIRED: BookingState.EXPIRED,
            BookingAct.CANCELLED: BookingState.CANCELLED,
            BookingAct.NO_SHOW: BookingState.NO_SHOW,
        }[self]


class LineKind(models.TextChoices):
    """What one line of a price is."""

    PRICE = "price", _("tarif")
    FREE = "free", _("offert")
    PACK = "pack", _("carnet")
    EXTRA = "extra", _("en plus")


class ExtraKind(models.TextChoices):
    """What a place offers beside its spaces."""

    SECRETARIAT = "secretariat", _("télésecrétariat")
    CATERING = "catering", _("restauration")
    EQUIPMENT = "equipment", _("matériel")
    OTHER = "other", _("autre service")


class ExtraPer(models.TextChoices):
    """What one extra is counted by."""

    BOOKING = "booking", _("par réservation")
    PERSON = "person", _("par personne")
    PIECE = "piece", _("l’unité")


class WorkStatus(models.TextChoices):
    """How someone who works in telecentres earns their living."""

    INDEPENDENT = "independent", _("indépendant")
    EMPLOYEE = "employee", _("salarié")


class PaymentMeans(models.TextChoices):
    CASH = "cash", _("espèces")
    CHEQUE = "cheque", _("chèque")
    CARD = "card", _("carte")
    TRANSFER = "transfer", _("virement")
