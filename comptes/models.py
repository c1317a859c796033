"""Who signs in. A person is known by one e-mail address, whatever its capitals."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user; without a password they can only come in by a link sent to their address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    language = models.CharField(
        _("langue"),
        max_length=2,
        choices=[("fr", _("français")), ("en", _("anglais"))],
        default="fr",
    )
    is_staff = models.BooleanField(
        _("équipe"), default=False, help_text=_("Peut entrer dans l’espace de gestion.")
    )
    is_active = models.BooleanField(
        _("actif"), default=True, help_text=_("Décochez plutôt que de supprimer un compte.")
    )
    wants_reminders = models.BooleanField(
        _("rappels"),
        default=True,
        help_text=_("Un e-mail la veille de ce qui est réservé."),
    )
    # Grows when the holder signs out everywhere: sessions carry it in their digest.
    session_stamp = models.PositiveIntegerField(
        _("génération des sessions"), default=0, editable=False
    )
    date_joined = models.DateTimeField(_("inscrit le"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_whatever_case",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end when the password, the address or the stamp changes.

        Django calls this once for each secret key, the former ones included.
        """
        words = f"{self.password} {self.email} {self.session_stamp}"
        return salted_hmac(
            "comptes.User.session", words, secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


class EmailChange(models.Model):
    """A wish to change the address of an account, until both addresses agreed to it."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="email_changes", verbose_name=_("compte")
    )
    new_email = models.EmailField(_("nouvelle adresse"))
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    old_confirmed_at = models.DateTimeField(
        _("accepté par l’ancienne adresse le"), null=True, blank=True
    )
    new_confirmed_at = models.DateTimeField(
        _("accepté par la nouvelle adresse le"), null=True, blank=True
    )
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)

    class Meta:
        verbose_name = _("changement d’adresse")
        verbose_name_plural = _("changements d’adresse")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None)
                | (Q(old_confirmed_at__isnull=False) & Q(new_confirmed_at__isnull=False)),
                name="email_change_agreed_by_both",
                violation_error_message=_("Les deux adresses doivent accepter le changement."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(done_at=None),
                name="email_change_one_at_a_time",
                violation_error_message=_("Un changement d’adresse est déjà demandé."),
            ),
        ]

    def __str__(self) -> str:
        return self.new_email

    @property
    def is_agreed(self) -> bool:
        return bool(self.old_confirmed_at and self.new_confirmed_at)


class SavedFilter(models.Model):
    """A search, filters and a sort of one list of the back-office, under a name of one's own."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_filters", verbose_name=_("compte")
    )
    # As in « solos.solo »: the list may be of an app that accounts know nothing of.
    model = models.CharField(_("liste"), max_length=100)
    name = models.CharField(_("nom"), db_collation="fr-x-icu", max_length=60)
    # What `clean_query` leaves of an address: two that ask the same are written the same.
    query = models.CharField(_("recherche, filtres et tri"), max_length=1000)

    class Meta:
        verbose_name = _("filtre enregistré")
        verbose_name_plural = _("filtres enregistrés")
        ordering = ["model", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "model", "name"],
                name="saved_filter_name_once_a_list",
                violation_error_message=_("Vous avez déjà un filtre de ce nom dans cette liste."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""),
                name="saved_filter_has_name_and_query",
                violation_error_message=_("Un filtre a un nom, et cherche quelque chose."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
