"""A solo: someone who works here on their own account or at a distance.

Known by the agency is one thing, shown to the public is another: each field is shown only with
its own recorded consent, and every public page, answer and search goes through `published_fields`.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat, Upper
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords
from stdnum.fr import siret

from images.models import Picture
from registre.enums import ConsentUse
from registre.models import Consent, one_in_force
from solos.enums import PublicField, ReviewStep, SoloState, SoloStatus, WorkPlace
from solos.models.trade import Trade
from solos.querysets import SoloQuerySet, short_words
from territoires.models import Commune, Programme, Territory

MOST_LINKS = 5
SEARCHED_FIELDS = (
    "first_name",
    "last_name",
    "trade_name",
    "skills",
    "presentation",
    "offers",
    "seeks",
)


def valid_siret(number: str) -> None:
    """By its own check digits; who it belongs to is not asked of anyone."""
    if not siret.is_valid(number):
        raise ValidationError(_("Ce numéro SIRET n’existe pas : vérifiez ses quatorze chiffres."))


class Solo(models.Model):
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="solos", verbose_name=_("territoire")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="solos",
        null=True,
        blank=True,
        verbose_name=_("recensé·e par le programme"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="solo",
        null=True,
        blank=True,
        verbose_name=_("compte"),
    )
    slug = models.SlugField(_("nom dans les adresses"), max_length=120)
    first_name = models.CharField(_("prénom"), db_collation="fr-x-icu", max_length=80)
    last_name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=80)
    trade_name = models.CharField(_("nom commercial"), max_length=120, blank=True)
    status = models.CharField(
        _("statut"), max_length=12, choices=SoloStatus, default=SoloStatus.INDEPENDENT
    )
    trade = models.ForeignKey(
        Trade, models.PROTECT, related_name="solos", null=True, blank=True, verbose_name=_("métier")
    )
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        related_name="solos",
        null=True,
        blank=True,
        verbose_name=_("commune"),
    )
    skills = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("compétences"),
        default=list,
        blank=True,
        help_text=_("Séparées par des virgules."),
    )
    languages = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("langues parlées"),
        default=list,
        blank=True,
        help_text=_("Codes à deux lettres, séparés par des virgules : fr, en, oc."),
    )
    presentation = models.TextField(_("présentation"), blank=True)
    # A portrait, which nobody else's record can show; it goes with what it shows.
    photo = models.ForeignKey(
        Picture,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("photo"),
    )
    website = models.URLField(_("site web"), blank=True)
    links = ArrayField(
        models.CharField(max_length=200, validators=[URLValidator(["http", "https"])]),
        verbose_name=_("autres liens"),
        size=MOST_LINKS,
        default=list,
        blank=True,
        help_text=_("Cinq au plus, séparés par des virgules : réseaux, portfolio, boutique…"),
    )
    phone = PhoneNumberField(_("téléphone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    work_place = models.CharField(_("lieu de travail"), max_length=8, choices=WorkPlace, blank=True)
    offers = models.TextField(_("ce que je propose"), blank=True)
    seeks = models.TextField(_("ce que je cherche"), blank=True)
    takes_clients = models.BooleanField(_("prend de nouveaux clients"), default=False)
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        blank=True,
        validators=[valid_siret],
        help_text=_("Quatorze chiffres. Jamais publié : il évite les doublons."),
    )
    arrived_in = models.PositiveSmallIntegerField(
        _("année d’arrivée"), null=True, blank=True, validators=[MinValueValidator(1900)]
    )
    came_from = models.CharField(_("lieu d’origine"), max_length=120, blank=True)
    household_size = models.PositiveSmallIntegerField(
        _("personnes au foyer"),
        null=True,
        blank=True,
        help_text=_("Jamais publié : sert aux statistiques."),
    )
    accepts_messages = models.BooleanField(
        _("reçoit des messages par le site"),
        default=False,
        help_text=_("On lui écrit depuis sa page ; son adresse n’y paraît pas."),
    )
    state = models.CharField(
        _("état"), max_length=12, choices=SoloState, default=SoloState.IDENTIFIED, editable=False
    )
    submitted_at = models.DateTimeField(
        _("à relire depuis le"), null=True, blank=True, editable=False
    )
    # What is to be changed before it is published; empty again once that is asked for anew.
    team_words = models.TextField(_("mot de l’équipe"), blank=True, editable=False)
    # Kept by solos.domain.freshness; nothing else writes these three.
    verified_on = models.DateField(_("vérifiée le"), null=True, blank=True, editable=False)
    review_step = models.PositiveSmallIntegerField(
        _("fraîcheur"), choices=ReviewStep, default=ReviewStep.FRESH, editable=False
    )
    review_step_on = models.DateField(_("depuis le"), null=True, blank=True, editable=False)
    # Kept by solos.domain.publication from the consents in force; nothing else writes it.
    published_fields = ArrayField(
        models.CharField(max_length=20, choices=PublicField),
        verbose_name=_("champs publics"),
        default=list,
        blank=True,
        editable=False,
    )
    # What the public may search: the database itself leaves out what was not agreed to.
    public_words = models.GeneratedField(
        expression=Func("published_fields", *SEARCHED_FIELDS, function="solo_public_words"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("mots cherchés"),
    )
    # What members read besides: opened to them alone. Kept in the same way.
    member_fields = ArrayField(
        models.CharField(max_length=20, choices=PublicField),
        verbose_name=_("champs ouverts aux membres"),
        default=list,
        blank=True,
        editable=False,
    )
    # What the API and open data show: agreed to apart, and only among what the page shows.
    open_fields = ArrayField(
        models.CharField(max_length=20, choices=PublicField),
        verbose_name=_("champs en données ouvertes"),
        default=list,
        blank=True,
        editable=False,
    )
    open_words = models.GeneratedField(
        expression=Func("open_fields", *SEARCHED_FIELDS, function="solo_public_words"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("mots cherchés par l’API"),
    )
    # Without accents or capitals: looked up by likeness, for records of one person.
    plain_name = models.GeneratedField(
        expression=Func(
            Concat("first_name", Value(" "), "last_name", output_field=models.TextField()),
            function="plain_text",
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("nom sans accents"),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = SoloQuerySet.as_manager()
    # A photo taken away leaves no trace in the past.
    history = HistoricalRecords(
        excluded_fields=["public_words", "open_words", "plain_name", "photo", "team_words"]
    )

    class Meta:
        verbose_name = _("solo")
        verbose_name_plural = _("solos")
        ordering = ["last_name", "first_name", "pk"]
        indexes = [
            GinIndex(fields=["public_words"], name="solo_public_words"),
            GinIndex(fields=["open_words"], name="solo_open_words"),
            GinIndex(short_words("public_words"), name="solo_public_short"),
            GinIndex(short_words("open_words"), name="solo_open_short"),
            GinIndex(fields=["skills"], name="solo_skills"),
            # Whether a text that was searched is somebody's name (solos.domain.searches).
            GinIndex(
                Func("first_name", "last_name", function="solo_name_words"),
                name="solo_name_words",
                # Read at each search, written when a name changes.
                fastupdate=False,
            ),
            models.Index(
                fields=["territory", "last_name", "first_name", "id"],
                name="solo_directory",
                condition=Q(state=SoloState.PUBLISHED),
            ),
            models.Index(fields=["territory", "state"], name="solo_state"),
            models.Index(fields=["review_step", "review_step_on"], name="solo_review"),
            GinIndex(fields=["plain_name"], name="solo_plain_name", opclasses=["gin_trgm_ops"]),
            models.Index(Upper("email"), name="solo_email"),
            models.Index(fields=["phone"], name="solo_phone"),
            models.Index(fields=["siret"], name="solo_siret"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"],
                name="solo_slug_once_per_territory",
                violation_error_message=_("Ce nom dans les adresses est déjà pris."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SoloState.PUBLISHED)
                | Q(published_fields__contains=[PublicField.NAME]),
                name="solo_published_with_consent",
                violation_error_message=_(
                    "On ne publie une fiche qu’avec l’accord de la personne, au moins pour son nom."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=SoloState.WITHDRAWN) | Q(published_fields=[], member_fields=[]),
                name="solo_withdrawn_shows_nothing",
                violation_error_message=_("Une personne retirée ne montre plus rien."),
            ),
            models.CheckConstraint(
                condition=Q(open_fields__contained_by=models.F("published_fields")),
                name="solo_open_only_if_published",
                violation_error_message=_(
                    "Les données ouvertes ne disent rien que la page publique taise."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def name(self) -> str:
        return str(self)

    @property
    def can_be_written_to(self) -> bool:
        """By a form that passes the message on: they agreed to it, and have an address."""
        is_public = self.state == SoloState.PUBLISHED
        return is_public and self.accepts_messages and bool(self.email)

    @property
    def is_faded(self) -> bool:
        """Whether their page says that it may be out of date."""
        return self.review_step >= ReviewStep.FADED

    @property
    def left_by_silence(self) -> bool:
        """Whether their page left the directory because they no longer answered."""
        is_out = self.state in {SoloState.HIDDEN, SoloState.ARCHIVED}
        return is_out and self.review_step >= ReviewStep.HIDDEN

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def shows(self, field: PublicField) -> bool:
        """Whether everyone may see `field`: published, agreed to, and filled in."""
        if self.state != SoloState.PUBLISHED or field not in self.published_fields:
            return False
        if field == PublicField.PHOTO:
            return self.photo is not None and self.photo.is_ready
        return bool(getattr(self, field.value))

    def opens(self, field: PublicField) -> bool:
        """Whether the API and open data may say `field`: a consent of its own."""
        return self.shows(field) and field in self.open_fields


class FieldConsent(Consent):
    """The proof that a solo agreed to one use of one field."""

    solo = models.ForeignKey(Solo, models.CASCADE, related_name="consents", verbose_name=_("solo"))
    # Empty for a transmission, which is agreed to whole.
    field = models.CharField(_("champ"), max_length=20, choices=PublicField, blank=True)

    class Meta(Consent.Meta):
        ordering = ["solo", "use", "field", "-given_at"]
        constraints = [
            *Consent.Meta.constraints,
            *one_in_force("solo"),
            models.CheckConstraint(
                condition=Q(use=ConsentUse.TRANSMISSION) | ~Q(field=""),
                name="consent_to_show_names_a_field",
                violation_error_message=_("Dites quel champ la personne accepte de montrer."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_field_display() or self.get_use_display()


class StateChange(models.Model):
    """Each state a solo has been in, since when and by whom: what past figures are counted from."""

    solo = models.ForeignKey(
        Solo, models.CASCADE, related_name="state_changes", verbose_name=_("solo")
    )
    state = models.CharField(_("état"), max_length=12, choices=SoloState)
    changed_on = models.DateField(_("depuis le"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )

    class Meta:
        verbose_name = _("changement d’état")
        verbose_name_plural = _("changements d’état")
        ordering = ["solo", "changed_on", "pk"]
        indexes = [
            models.Index(fields=["solo", "-changed_on", "-id"], name="solo_state_change_last")
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.changed_on:%d/%m/%Y})"
