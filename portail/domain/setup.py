"""Open a new territory: what is asked, in which order, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.http.request import validate_host
from django.utils.functional import Promise
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portail.domain.errors import NotReadyToOpen
from portail.domain.pages import publish_starter_pages
from territoires.domain.addresses import free_slug
from territoires.domain.shipped_communes import ask_for, locatives
from territoires.domain.territories import create_territory
from territoires.models import Commune, Department, Territory, TerritoryGrant

# Shorter than the columns: a number may follow.
LONGEST_NAME, LONGEST_PLACE = 74, 100


@dataclass(frozen=True)
class Step:
    slug: str
    words: str | Promise


STEPS = (
    Step("communes", gettext_lazy("Les communes")),
    Step("nom", gettext_lazy("Le nom")),
    Step("site", gettext_lazy("Le site et le contact")),
    Step("accueil", gettext_lazy("La page d’accueil")),
    Step("couleurs", gettext_lazy("Les couleurs")),
    Step("textes", gettext_lazy("Les textes légaux")),
    Step("equipe", gettext_lazy("L’équipe")),
    Step("ouverture", gettext_lazy("L’ouverture")),
)


@dataclass(frozen=True)
class Loading:
    """How far a department has come."""

    department: Department
    communes: int
    contours: int

    @property
    def is_done(self) -> bool:
        return self.communes > 0


@dataclass(frozen=True)
class Check:
    """One thing that a site needs before its visitors, and the step where it is given."""

    words: str
    step: str
    is_met: bool
    is_required: bool


def start_territory(*, departments: Sequence[Department], agency_name: str) -> Territory:
    """A territory that the public does not see yet, named after its departments, to be corrected.

    Its communes are asked of the workers. Raises EmptyTerritory without a department.
    """
    name, in_name = suggest_names(departments)
    with transaction.atomic():
        territory = create_territory(
            name=_free_name(name),
            slug=free_slug(slugify(name)[:45], Territory.objects.all()),
            in_name=in_name,
            agency_name=agency_name,
            departments=departments,
            is_public=False,
        )
        ask_for(departments)
    return territory


def suggest_names(departments: Sequence[Department]) -> tuple[str, str]:
    """The name, and the name as « S’installer … » needs it: « Lot », « dans le Lot »."""
    with override("fr"):  # names are French, whoever reads
        name = get_text_list([one.name for one in departments], "et")
        place = get_text_list([_where(one) for one in departments], "et")
    if len(name) > LONGEST_NAME or len(place) > LONGEST_PLACE:
        return _("Notre territoire"), _("sur notre territoire")
    return name, place


def follow_loading(territory: Territory) -> list[Loading]:
    """Each whole department of the territory, with what has come of it. One query."""
    living = Q(communes__ended_on=None)
    departments = territory.departments.annotate(
        living=Count("communes", living),
        drawn=Count("communes__contour", living),
    )
    return [Loading(one, one.living, one.drawn) for one in departments.order_by("code")]


def check_opening(territory: Territory) -> list[Check]:
    """What the site must have, then what it had better have; five queries at most."""
    host = territory.host_name
    is_alone = not Territory.objects.public().exclude(pk=territory.pk).exists()
    has_team = TerritoryGrant.objects.filter(territory=territory).exists()
    in_english = "en" not in territory.languages or bool(territory.tagline_en)
    must, should = True, False
    served = []
    if host:
        is_served = validate_host(host, settings.ALLOWED_HOSTS)
        words = _("Ce serveur répond sous ce nom d’hôte.")
        served = [Check(words, "site", is_served, should)]
    return [
        Check(_("Les communes sont chargées."), "communes", _is_loaded(territory), must),
        Check(
            _("Un e-mail de contact est donné : la loi le demande."),
            "site",
            bool(territory.contact_email),
            must,
        ),
        Check(
            _("Le site a un nom d’hôte, qui le distingue des autres."),
            "site",
            bool(host) or is_alone,
            must,
        ),
        *served,
        Check(
            _("Une accroche dit en une phrase pourquoi venir."),
            "accueil",
            bool(territory.tagline),
            should,
        ),
        Check(_("L’accroche est aussi en anglais."), "accueil", in_english, should),
        Check(_("Quelqu’un de l’agence s’en occupe."), "equipe", has_team, should),
    ]


@transaction.atomic
def open_territory(*, territory: Territory) -> None:
    """Show the site to the public, with its first pages. Raises NotReadyToOpen.

    Opened again, it is left as it is.
    """
    missing = [one for one in check_opening(territory) if one.is_required and not one.is_met]
    if missing:
        raise NotReadyToOpen(missing)
    territory.is_public = True
    territory.save()
    publish_starter_pages(territory=territory)


def _is_loaded(territory: Territory) -> bool:
    has_communes = Commune.objects.current().within(territory).exists()
    return has_communes and all(one.is_done for one in follow_loading(territory))


def _where(department: Department) -> str:
    before = locatives().get(department.code, "dans")
    space = "" if before.endswith("’") else " "
    return f"{before}{space}{department.name}"


def _free_name(wanted: str) -> str:
    taken = set(Territory.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
