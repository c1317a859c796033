"""The back-office as a whole: its front page, the order of its lists, what every page carries."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portail.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from portail.domain.agency_dashboard import Line, Step, compose_agency_dashboard
from territoires.web.middleware import territory_or_none

RECENT_CHANGES = 12

# What an officer opens every day comes first; what the machine keeps comes last.
SECTIONS = [
    (gettext_lazy("L’annuaire"), ["solos.solo", "solos.trade", "solos.sector"]),
    (
        gettext_lazy("L’accueil"),
        ["accueil.event", "territoires.hostvillage", "telecentres.telecentre"],
    ),
    (
        gettext_lazy("Le programme"),
        ["territoires.programme", "territoires.organisation", "territoires.territory"],
    ),
    (
        gettext_lazy("La carte officielle"),
        [
            "territoires.commune", "territoires.formercommune", "territoires.epci",
            "territoires.department",
        ],
    ),
    (
        gettext_lazy("La maison"),
        [
            "comptes.user", "courrier.outgoingmail", "observatoire.snapshot",
            "territoires.importrun", "territoires.dataversion",
        ],
    ),
]  # fmt: skip


class SignInForm(AuthenticationForm):
    required_css_class = "required"


class SolosAdminSite(AdminSite):
    login_form = SignInForm
    site_header = gettext_lazy("Gestion")
    site_title = gettext_lazy("Gestion")
    index_title = gettext_lazy("Accueil de la gestion")
    empty_value_display = "–"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """A list by date fails on `?day__year=99999999999`, which only a hand can have typed."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                return view(request, *args, **kwargs)
            except OverflowError as error:
                raise BadRequest from error

        return super().admin_view(guarded, cacheable)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Our sections in our order; an app's own page keeps its own list."""
        apps: list[dict[str, Any]] = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {
            model["model"]._meta.label_lower: (app, model)  # noqa: SLF001
            for app in apps
            for model in app["models"]
        }
        sections = []
        for name, labels in SECTIONS:
            found = [models.pop(label) for label in labels if label in models]
            if found:
                sections.append(
                    {**found[0][0], "name": name, "models": [row for _app, row in found]}
                )
        rest = [row for _app, row in models.values()]
        if rest:
            sections.append({**apps[-1], "name": _("Autres listes"), "models": rest})
        return sections

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        dashboard = compose_agency_dashboard(territory_or_none(request))
        context = {
            "title": _("Bonjour %s") % request.user,
            "subtitle": None,
            "todos": [(line, _list_address(line)) for line in dashboard.todos],
            "figures": [(line, _list_address(line)) for line in dashboard.figures],
            "steps": [(step, _step_address(step)) for step in dashboard.steps],
            "is_settled": dashboard.is_settled,
            "recent_changes": self.get_log_entries(request)[:RECENT_CHANGES],
        }
        return super().index(request, {**context, **(extra_context or {})})

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The way in for everyone, until members have their own: who may enter what comes after."""
        office = reverse("admin:index")
        context = {
            "is_for_the_team": request.GET.get("next", office).startswith(office),
            "demo_accounts": DEMO_ACCOUNTS if settings.DEMO else [],
            "demo_password": PASSWORD if settings.DEMO else "",
        }
        return super().login(request, {**context, **(extra_context or {})})


def _list_address(line: Line) -> str:
    app, model = line.model.split(".")
    return reverse(f"admin:{app}_{model}_changelist", query=line.filters)


def _step_address(step: Step) -> str:
    app, model = step.model.split(".")
    page = "changelist" if step.is_done or model == "commune" else "add"
    return reverse(f"admin:{app}_{model}_{page}")
