"""The words in which personal data are described, agreed to, and watched over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalBasis(models.TextChoices):
    CONSENT = "consent", _("votre consentement, consigné avec son texte et sa date")
    PUBLIC_TASK = "public_task", _("mission d’intérêt public")
    CONTRACT = "contract", _("exécution du service que vous demandez")
    SECURITY = "security", _("intérêt légitime et obligation de sécurité")
    LAW = "law", _("obligation légale")


class People(models.TextChoices):
    """Whose data they are, as the public page sorts them."""

    SOLOS = "solos", _("les solos")
    REFERENTS = "referents", _("les référents de village")
    CONTACTS = "contacts", _("les interlocuteurs des organismes")
    ACCOUNTS = "accounts", _("les titulaires d’un compte")
    STAFF = "staff", _("l’équipe de l’agence")
    CORRESPONDENTS = "correspondents", _("les personnes à qui le site écrit")


class Audience(models.TextChoices):
    """The widest circle that may see a field."""

    SYSTEM = "system", _("personne : le système seul s’en sert")
    PERSON = "person", _("la personne elle-même")
    STAFF = "staff", _("l’équipe de l’agence")
    MEMBERS = "members", _("les membres du réseau")
    PUBLIC = "public", _("tout le monde, avec l’accord de la personne")


class Fate(models.TextChoices):
    """What becomes of a field when the person it speaks of is erased."""

    DELETED = "deleted", _("la ligne est supprimée")
    BLANKED = "blanked", _("vidé")
    REPLACED = "replaced", _("remplacé par une valeur neutre")
    KEPT = "kept", _("gardé sans nom")


class JournalAct(models.TextChoices):
    READ = "read", _("lecture")
    CREATED = "created", _("ajout")
    EDITED = "edited", _("modification")
    DELETED = "deleted", _("suppression")
    ACTED = "acted", _("action groupée")
    EXPORTED = "exported", _("export")
    IMPORTED = "imported", _("import")
    ERASED = "erased", _("effacement d’une personne")
    SIGNED_IN = "signed_in", _("connexion")


class ConsentUse(models.TextChoices):
    """Each use is agreed to apart: one never follows from another."""

    PAGE = "page", _("page publique")
    OPEN_DATA = "open_data", _("données ouvertes et API")
    MEMBERS = "members", _("membres du réseau")
    TRANSMISSION = "transmission", _("transmission à un organisme")


class ConsentMeans(models.TextChoices):
    FORM = "form", _("formulaire en ligne")
    PAPER = "paper", _("papier signé")
    EMAIL = "email", _("e-mail")
    DEMO = "demo", _("personne fictive de la démonstration")


class ErasureReason(models.TextChoices):
    REQUEST = "request", _("la personne l’a demandé")
    MISTAKE = "mistake", _("fiche ouverte par erreur")
    RETENTION = "retention", _("durée de conservation atteinte")
