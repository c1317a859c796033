"""The back-office as a whole: its front page, the order of its lists, what every page carries."""

from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from portail.domain.agency_dashboard import Step, compose_agency_dashboard
from registre.web.choices import journal_choices
from telecentres.models import Telecentre
from territoires.domain.brand import site_address
from territoires.domain.todos import Line
from territoires.models import Territory
from territoires.scoping import held_roles, reach_of
from territoires.web.middleware import territory_or_none

RECENT_CHANGES = 12
# So many are read to find those: a colleague may work where one sees nothing.
READ_CHANGES = 100

# What an officer opens every day comes first; what the machine keeps comes last.
SECTIONS = [
    (
        gettext_lazy("L’annuaire"),
        [
            "solos.solo", "solos.possibledouble", "solos.countedsearch", "solos.trade",
            "solos.sector",
            "solos.directorysettings",
        ],
    ),
    (
        gettext_lazy("L’accueil"),
        ["accueil.event", "territoires.hostvillage"],
    ),
    (
        gettext_lazy("Les télécentres"),
        [
            "telecentres.telecentre", "telecentres.booking", "telecentres.wait",
            "telecentres.space", "telecentres.pack", "telecentres.payment",
            "telecentres.usestatement", "telecentres.enrolment", "telecentres.rightsgroup",
        ],
    ),
    (
        gettext_lazy("Le site"),
        ["portail.page", "portail.newsitem", "images.picture"],
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
            "territoires.territorygrant", "territoires.programmegrant",
            "territoires.villagegrant", "telecentres.telecentregrant",
            "comptes.user", "courrier.outgoingmail", "courrier.mailtemplate",
            "registre.journalentry", "registre.consentwording", "registre.erasure",
            "observatoire.snapshot",
            "territoires.importrun", "territoires.dataversion",
        ],
    ),
]  # fmt: skip


# What one comes to do: the permission it takes, the page, the words.
SHORTCUTS = [
    ("solos.add_solo", "admin:solos_solo_add", gettext_lazy("Recenser un solo")),
    ("accueil.add_event", "admin:accueil_event_add", gettext_lazy("Ajouter un rendez-vous")),
    ("solos.add_solo", "admin:solos_solo_import", gettext_lazy("Importer des solos")),
    (
        "territoires.add_territory",
        "admin:setup",
        gettext_lazy("Ouvrir un territoire, pas à pas"),
    ),
    ("portail.add_newsitem", "admin:portail_newsitem_add", gettext_lazy("Écrire une actualité")),
]


class SolosAdminSite(AdminSite):
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

    def get_urls(self) -> list[Any]:
        return [
            path("installer/", include("portail.admin.setup_urls")),
            path("filtres/", include("comptes.web.saved_filter_urls")),
            *super().get_urls(),
        ]

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

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = super().autocomplete_view(request)
        if response.status_code == 200:
            journal_choices(request, response)
        return response

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        mine = list(Territory.objects.for_user(request.user))
        site = territory_or_none(request)
        # The site's where one works in it; else one's first.
        territory = site if site in mine else next(iter(mine), None)
        dashboard = compose_agency_dashboard(territory, request.user)
        runs = reach_of(request.user, "telecentres.change_booking").keys("telecentre")
        context = {
            "title": _("Bonjour %s") % request.user,
            "own": territory,
            "own_site": site_address(territory) if territory else "",
            "subtitle": None,
            "elsewhere": [
                (other.name, site_address(other) + reverse("admin:index"))
                for other in mine
                if other != territory
            ],
            "places": Telecentre.objects.filter(pk__in=runs) if runs else [],
            "shortcuts": [
                (reverse(page), words)
                for permission, page, words in SHORTCUTS
                if request.user.has_perm(permission)
            ],
            "may_edit_site": request.user.has_perm("territoires.change_territory"),
            "todos": [(line, _list_address(line)) for line in dashboard.todos],
            "figures": [(line, _list_address(line)) for line in dashboard.figures],
            "steps": [(step, _step_address(step)) for step in dashboard.steps],
            "is_settled": dashboard.is_settled,
            "recent_changes": self._recent_changes(request),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def _recent_changes(self, request: HttpRequest) -> list[LogEntry]:
        """One's own, and colleagues' on rows one may see: a line names its row."""
        entries = self.get_log_entries(request)
        if request.user.is_superuser:
            return list(entries[:RECENT_CHANGES])
        mine = Q(user=request.user.pk)
        newest = list(entries.filter(mine | ~Q(action_flag=DELETION))[:READ_CHANGES])
        others: dict[int, set[str]] = {}
        for entry in newest:
            if entry.user_id != request.user.pk and entry.content_type_id and entry.object_id:
                others.setdefault(entry.content_type_id, set()).add(entry.object_id)
        seen = {
            (kind, key)
            for kind, keys in others.items()
            for key in self._keys_seen(request, kind, keys)
        }
        return [
            entry
            for entry in newest
            if entry.user_id == request.user.pk or (entry.content_type_id, entry.object_id) in seen
        ][:RECENT_CHANGES]

    def _keys_seen(self, request: HttpRequest, kind: int, keys: set[str]) -> set[str]:
        """Which of these rows of one kind the reader's own list holds."""
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not self.is_registered(model):
            return set()
        model_admin = self.get_model_admin(model)
        if not model_admin.has_view_permission(request):
            return set()
        rows = model_admin.get_queryset(request).filter(pk__in=keys)
        return {str(pk) for pk in rows.values_list("pk", flat=True)}

    def has_permission(self, request: HttpRequest) -> bool:
        """Who works here: an account of the team, protected twice where the settings ask for it."""
        user = request.user
        return (
            user.is_active
            and isinstance(user, User)
            and user.is_staff
            and (user.is_superuser or bool(held_roles(user)))
            and (not settings.STAFF_SECOND_FACTOR or is_mfa_enabled(user))
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one way in for everyone; an account of the team may miss its second code."""
        if self.has_permission(request):
            return redirect("admin:index")
        if isinstance(request.user, User) and request.user.is_staff:
            messages.info(request, _("L’espace de gestion demande un second code."))
            return redirect("mfa_activate_totp")
        if request.user.is_authenticated:
            raise PermissionDenied
        asked = request.GET.get(REDIRECT_FIELD_NAME, "")
        return redirect_to_login(asked or reverse("admin:index"))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page for that, where other sessions end and the holder is told."""
        return redirect("account_change_password")


def _list_address(line: Line) -> str:
    if line.page:
        return reverse(line.page)
    app, model = line.model.split(".")
    return reverse(f"admin:{app}_{model}_changelist", query=line.filters)


def _step_address(step: Step) -> str:
    app, model = step.model.split(".")
    if model == "territory" and not step.is_done:
        return reverse("admin:setup")
    page = "changelist" if step.is_done or model == "commune" else "add"
    return reverse(f"admin:{app}_{model}_{page}")
