"""What visitors look for: a search that one of them saves, and how often each is made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from solos.querysets import CountedSearchQuerySet, SavedSearchQuerySet
from territoires.models import Territory

# In an address; more than any search that a person would make, less than an index holds.
LONGEST_QUERY = 500


class SavedSearch(models.Model):
    """A search whose new solos are mailed to whoever saved it. The agency reads none of these."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    email = models.EmailField(_("e-mail"))
    # As the address of the directory has it, in one order; empty for the whole directory.
    query = models.CharField(_("recherche"), max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    created_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    # Solos who entered the directory on that day or later are still to be told.
    new_since = models.DateField(_("nouveautés depuis le"), null=True, blank=True)
    last_sent_on = models.DateField(_("dernier e-mail le"), null=True, blank=True)
    reminded_on = models.DateField(_("fin annoncée le"), null=True, blank=True)
    expires_on = models.DateField(_("prend fin le"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte de l’annuaire")
        verbose_name_plural = _("alertes de l’annuaire")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "territory", "query"],
                condition=Q(stopped_at=None),
                name="saved_search_once",
                violation_error_message=_("Cette recherche est déjà enregistrée."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | Q(new_since__isnull=False, expires_on__isnull=False),
                name="saved_search_confirmed_ends",
                violation_error_message=_("Une alerte confirmée a un début et une fin."),
            ),
        ]

    def __str__(self) -> str:
        return self.query or str(_("tout l’annuaire"))


class CountedSearch(models.Model):
    """How often one search was made in a month. It says nothing of who made it."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    month = models.DateField(_("mois"))
    # In lower case, without accents nor punctuation.
    words = models.CharField(_("mots cherchés"), max_length=100, blank=True)
    # As the address of the directory has them, without the words.
    filters = models.CharField(_("filtres"), max_length=LONGEST_QUERY, blank=True)
    asked = models.PositiveIntegerField(_("fois"), default=1)
    # The last time; whoever only resembles what was asked is no result.
    results = models.PositiveIntegerField(_("résultats"))

    objects = CountedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche faite dans l’annuaire")
        verbose_name_plural = _("recherches faites dans l’annuaire")
        ordering = ["results", "-asked", "-month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "month", "words", "filters"],
                name="counted_search_once_a_month",
                violation_error_message=_("Cette recherche est déjà comptée ce mois-là."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="counted_search_by_month",
                violation_error_message=_("Un mois est écrit par son premier jour."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.words, self.filters]))
