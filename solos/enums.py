"""States and kinds of solos; an enum knows its groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SoloStatus(models.TextChoices):
    INDEPENDENT = "independent", _("indépendant·e")
    EMPLOYEE = "employee", _("salarié·e en télétravail")
    FOUNDER = "founder", _("créateur·rice d’entreprise")
    SEEKING = "seeking", _("en recherche d’activité")


class WorkPlace(models.TextChoices):
    HOME = "home", _("chez soi")
    SHARED = "shared", _("dans un lieu partagé")
    BOTH = "both", _("chez soi et dans un lieu partagé")


class SoloState(models.TextChoices):
    """From known by the agency to seen by everyone; only `published` is in the directory."""

    IDENTIFIED = "identified", _("recensé·e")
    INVITED = "invited", _("invité·e")
    PUBLISHED = "published", _("dans l’annuaire")
    HIDDEN = "hidden", _("masqué·e")
    WITHDRAWN = "withdrawn", _("retiré·e")
    ARCHIVED = "archived", _("archivé·e")

    @classmethod
    def known(cls) -> list["SoloState"]:
        """Counted as identified by the programme: everyone who has not left it."""
        return [cls.IDENTIFIED, cls.INVITED, cls.PUBLISHED, cls.HIDDEN]

    @classmethod
    def strongest_first(cls) -> list["SoloState"]:
        """Of two records of one person, the state in which the person was seen to be."""
        return [
            cls.PUBLISHED, cls.HIDDEN, cls.INVITED, cls.IDENTIFIED, cls.ARCHIVED, cls.WITHDRAWN,
        ]  # fmt: skip


class PublicField(models.TextChoices):
    """What a solo may agree to show, field by field. The values are names of fields of Solo."""

    NAME = "name", _("nom et prénom")
    TRADE_NAME = "trade_name", _("nom commercial")
    STATUS = "status", _("statut")
    TRADE = "trade", _("métier")
    COMMUNE = "commune", _("commune")
    SKILLS = "skills", _("compétences")
    LANGUAGES = "languages", _("langues parlées")
    PRESENTATION = "presentation", _("présentation")
    PHOTO = "photo", _("photo")
    WEBSITE = "website", _("site web")
    LINKS = "links", _("autres liens")
    PHONE = "phone", _("téléphone")
    EMAIL = "email", _("e-mail")
    WORK_PLACE = "work_place", _("lieu de travail")
    OFFERS = "offers", _("ce que je propose")
    SEEKS = "seeks", _("ce que je cherche")
    TAKES_CLIENTS = "takes_clients", _("prend de nouveaux clients")
    ARRIVED_IN = "arrived_in", _("année d’arrivée")
    CAME_FROM = "came_from", _("lieu d’origine")


class ReviewStep(models.IntegerChoices):
    """How far a solo's silence has gone since they last said that their profile is right."""

    FRESH = 0, _("à jour")
    ASKED = 1, _("relecture demandée")
    ASKED_AGAIN = 2, _("relecture redemandée")
    FADED = 3, _("estompée")
    HIDDEN = 4, _("sortie de l’annuaire")
    WARNED = 5, _("archivage annoncé")
    ARCHIVED = 6, _("archivée")


class DoubleReason(models.TextChoices):
    """Why two records may be of one person."""

    EMAIL = "email", _("même e-mail")
    PHONE = "phone", _("même téléphone")
    SIRET = "siret", _("même SIRET")
    NAME = "name", _("noms proches, communes voisines")
    CHOSEN = "chosen", _("choisies par l’équipe")
