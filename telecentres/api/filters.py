from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from telecentres.enums import TelecentreKind, TelecentreState
from telecentres.models import Telecentre
from territoires.api.filters import (
    BoundingBoxFilter,
    InseeCodeFilter,
    NamedChoiceFilter,
    NearestFirst,
)

PUBLIC_STATES = [(state.value, state.label) for state in TelecentreState.public()]


class TelecentreFilters(FilterSet):  # type: ignore[misc]
    kind = NamedChoiceFilter(choices=TelecentreKind.choices, help_text=_("Sa nature."))
    state = NamedChoiceFilter(choices=PUBLIC_STATES, help_text=_("Ouvert ou en projet."))
    commune = InseeCodeFilter("commune", help_text=_("Code INSEE."))
    bbox = BoundingBoxFilter("point")
    near = NearestFirst("point")

    class Meta:
        model = Telecentre
        fields: list[str] = []
