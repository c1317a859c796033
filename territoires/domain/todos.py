"""What there is to do: lines that count rows which a list of the back-office can show.

Each app says its own in its `domain/todos.py`; `portail.domain.agency_dashboard` gathers them.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from territoires.enums import ImportOutcome
from territoires.models import HostVillage, ImportRun, Territory

Text = str | Promise
Filters = dict[str, str]

# A refused import that nobody took up within the week is no longer news.
REFUSED_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A number, what it counts, and the list (model and filters) that shows those very rows."""

    words: Text
    count: int
    model: str
    filters: Filters
    hint: Text = ""
    urgent: bool = False


def line_of(
    words: Text, rows: "QuerySet[Any]", filters: Filters, hint: Text = "", *, urgent: bool = False
) -> Line:
    """One query: how many `rows` there are; `filters` make the list show them and no other."""
    label: str = rows.model._meta.label_lower  # noqa: SLF001  (Django's documented API)
    return Line(words, rows.count(), label, filters, hint, urgent)


def filters_of(territory: Territory) -> Filters:
    return {"territory__id__exact": str(territory.pk)}


def todos(territory: Territory) -> list[Line]:
    here, villages = filters_of(territory), HostVillage.objects.in_territory(territory)
    return [
        line_of(
            _("engagements de village qui finissent dans les 60 jours"),
            villages.ending_soon(),
            here | {"a_traiter": "fin-proche"},
            _("À renouveler avec la commune."),
            urgent=True,
        ),
        line_of(
            _("villages d’accueil sans référent"),
            villages.without_referent(),
            here | {"a_traiter": "sans-referent"},
            _("Personne n’y répond aux candidats."),
        ),
    ]


def import_todos() -> list[Line]:
    """Of every territory: the map is shared."""
    today = timezone.localdate()
    since = timezone.make_aware(datetime.combine(today, time.min)) - REFUSED_FOR
    refused = ImportRun.objects.filter(outcome=ImportOutcome.REFUSED, started_at__gte=since)
    return [
        line_of(
            _("imports de communes refusés cette semaine"),
            refused,
            {"outcome__exact": ImportOutcome.REFUSED, "started_at__gte": since.isoformat()},
            _("Le compte rendu dit quelles lignes."),
            urgent=True,
        ),
    ]
