"""What there is to do: lines that count rows which a list of the back-office can show.

Each app says its own in its `domain/todos.py`; `portail.domain.agency_dashboard` gathers them.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any, Self

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from territoires.enums import ImportOutcome
from territoires.models import HostVillage, ImportRun, Territory
from territoires.scoping import Anyone, ScopedQuerySet, may_somewhere

Text = str | Promise
Filters = dict[str, str]

# A refused import that nobody took up within the week is no longer news.
REFUSED_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """What some rows are, and the filters that make their list show these and no other.

    `noun` agrees with their number: it is of `ngettext_lazy`.
    """

    noun: Text
    rows: "QuerySet[Any]"
    filters: Filters
    hint: Text = ""
    urgent: bool = False
    # The name of a page that is made for this work, where the list is not.
    page: str = ""

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @property
    def words(self) -> str:
        return str(self.noun % self.count)

    @property
    def model(self) -> str:
        label: str = self.rows.model._meta.label_lower  # noqa: SLF001  (Django's documented API)
        return label

    def seen_by(self, user: Anyone) -> Self | None:
        """Of the rows that their list shows to them; None where it is closed to them."""
        app, model = self.model.split(".")
        if not may_somewhere(user, f"{app}.view_{model}"):
            return None
        rows = self.rows
        return replace(self, rows=rows.for_user(user)) if isinstance(rows, ScopedQuerySet) else self


def filters_of(territory: Territory) -> Filters:
    return {"territory__id__exact": str(territory.pk)}


def todos(territory: Territory) -> list[Line]:
    here, villages = filters_of(territory), HostVillage.objects.in_territory(territory)
    return [
        Line(
            ngettext_lazy(
                "engagement de village qui finit dans les 60 jours",
                "engagements de village qui finissent dans les 60 jours",
            ),
            villages.ending_soon(),
            here | {"a_traiter": "fin-proche"},
            _("À renouveler avec la commune."),
            urgent=True,
        ),
        Line(
            ngettext_lazy("village d’accueil sans référent", "villages d’accueil sans référent"),
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
        Line(
            ngettext_lazy(
                "import de communes refusé cette semaine",
                "imports de communes refusés cette semaine",
            ),
            refused,
            {"outcome__exact": ImportOutcome.REFUSED, "started_at__gte": since.isoformat()},
            _("Le compte rendu dit quelles lignes."),
            urgent=True,
        ),
    ]
