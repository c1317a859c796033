"""A filter on a field only finds those who agreed to open it: else it would tell what they hide."""

from typing import Any

from django.db.models import FloatField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from solos.api.listing import BY_RELEVANCE
from solos.enums import PublicField, SoloStatus
from solos.models import Sector, Solo, Trade
from solos.querysets import SoloQuerySet
from territoires.api.filters import (
    LONGEST_SEARCH,
    InseeCodeFilter,
    NamedChoiceFilter,
    SirenFilter,
    SlugFilter,
)


class SoloFilters(FilterSet):  # type: ignore[misc]
    sector = SlugFilter(
        "trade__sector__slug",
        known=Sector.objects.all(),
        method="opened",
        help_text=_("Un secteur, par son slug."),
    )
    trade = SlugFilter(
        "trade__slug",
        known=Trade.objects.all(),
        method="opened",
        help_text=_("Un métier, par son slug."),
    )
    commune = InseeCodeFilter("commune", method="opened", help_text=_("Code INSEE."))
    epci = SirenFilter(
        "commune__epci", method="opened", help_text=_("SIREN de l’intercommunalité.")
    )
    status = NamedChoiceFilter(
        field_name="status", choices=SoloStatus.choices, method="opened", help_text=_("Son statut.")
    )
    # Last: of very many found, not all are ranked, so the others must have chosen before.
    q = CharFilter(
        method="matching",
        max_length=LONGEST_SEARCH,
        help_text=_("Mots cherchés dans ce que chaque personne a choisi d’ouvrir."),
    )

    class Meta:
        model = Solo
        fields: list[str] = []

    def matching(self, rows: SoloQuerySet, _name: str, text: str) -> SoloQuerySet:
        # The rank is a 4-byte float: as it is, it would not equal itself once in a cursor.
        found = rows.matching_in_open_data(text).annotate(relevance=Cast("rank", FloatField()))
        return found.order_by(*BY_RELEVANCE)

    def opened(self, rows: SoloQuerySet, path: str, value: Any) -> SoloQuerySet:
        """Filter on a column, among those who open the field it belongs to."""
        field = PublicField(path.partition("__")[0])
        return rows.opening(field).filter(**{path: value})
