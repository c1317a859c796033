"""Kinds and states of what territoires describes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    AGENCY = "agency", _("agence de développement")
    LOCAL_AUTHORITY = "local_authority", _("collectivité")
    EPCI = "epci", _("intercommunalité")
    STATE = "state", _("service de l’État")
    CHAMBER = "chamber", _("chambre consulaire")
    EMPLOYMENT_AGENCY = "employment_agency", _("service de l’emploi")
    INCUBATOR = "incubator", _("pépinière d’entreprises")
    ASSOCIATION = "association", _("association")
    EMPLOYER = "employer", _("employeur")
    OTHER = "other", _("autre organisme")


class VillageKind(models.TextChoices):
    """A host village signed the whole commitment; an associated one only part of it."""

    HOST = "host", _("village d’accueil")
    ASSOCIATED = "associated", _("village associé")


class ReferentRole(models.TextChoices):
    MAYOR = "mayor", _("maire")
    COUNCILLOR = "councillor", _("élu·e")
    CLERK = "clerk", _("secrétaire de mairie")
    INHABITANT = "inhabitant", _("habitant·e")


class TerritoryRole(models.TextChoices):
    """What someone may be to a whole territory; the words of comptes.enums.Role."""

    ADMINISTRATOR = "administrator", _("administration de l’agence")
    OFFICER = "officer", _("chargé·e de mission")
    PARTNER = "partner", _("partenaire")


class FormerCommuneKind(models.TextChoices):
    DELEGATED = "commune-deleguee", _("commune déléguée")
    ASSOCIATED = "commune-associee", _("commune associée")
    FORMER = "ancien-code", _("ancienne commune")


class ImportOutcome(models.TextChoices):
    DONE = "done", _("terminé")
    REFUSED = "refused", _("refusé")
