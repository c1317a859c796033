"""What every list and form of the back-office shares."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import ForeignKey, Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from registre.admin.base import ReadOnly
from registre.admin.journaling import JournaledAdmin
from territoires.domain.errors import NoTerritory
from territoires.models import Territory

LONGEST_SEARCH = 100
# How rows name the territories that they belong to.
OF_TERRITORIES = ("territory", "territories")


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and an hour, each in the browser's own box: no script, and a phone's own keyboard."""

    template_name = "admin/widgets/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": _("Jour")}
        hour: dict[str, Any] = {"type": "time", "aria-label": _("Heure")}
        super().__init__(attrs, "%Y-%m-%d", "%H:%M", day, hour)


class OfficeFields(BaseModelAdmin):  # type: ignore[type-arg]
    """How the fields of a form, or of a row inside one, are typed in, and what they may choose."""

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
        models.TimeField: {"widget": forms.TimeInput({"type": "time"}, format="%H:%M")},
        models.DateTimeField: {"widget": MomentWidget},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Beside a choice one may add or correct what is chosen; deleting it is done at its own."""
        if db_field.is_relation and "queryset" not in kwargs:
            rows = self._choosable(db_field, request)
            if rows is not None:
                kwargs["queryset"] = rows
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def permission(self, action: str) -> str:
        """The right to do `action` to rows of this list."""
        return f"{self.opts.app_label}.{action}_{self.opts.model_name}"

    def _choosable(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest
    ) -> "models.QuerySet[Any] | None":
        """The rows of another list within one's rights; a record is put where one may write."""
        model = db_field.related_model
        if model is None or not hasattr(model._default_manager.all(), "for_user"):  # noqa: SLF001
            return None
        asked = self.permission("change") if db_field.name in OF_TERRITORIES else ""
        rows: Any = model._default_manager.all()  # noqa: SLF001  (documented)
        choosable: models.QuerySet[Any] = rows.for_user(request.user, asked)
        return choosable

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A row chosen by a search in a list that one may not open can't be chosen."""
        shown = list(super().get_readonly_fields(request, obj))
        closed = [name for name in self.autocomplete_fields if not self._may_search(name, request)]
        return shown + [name for name in closed if name not in shown]

    def _may_search(self, name: str, request: HttpRequest) -> bool:
        field: Any = self.opts.get_field(name)
        meta = field.related_model._meta  # noqa: SLF001  (documented)
        return request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


class OfficeInline(OfficeFields, admin.TabularInline):  # type: ignore[type-arg]
    extra = 0


class OfficeAdmin(OfficeFields, JournaledAdmin):
    """A list and a form for an officer: what comes from the address is never believed."""

    empty_value_display = "–"

    # ---- Whose rows ---------------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._on(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._on(request, "delete", obj)

    def _on(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        """One may see a row here and change rows there: each row is asked for itself."""
        if obj is None or obj.pk is None:
            return True
        return request.user.has_perm(self.permission(action), obj)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """By territory among one's own: a single one is no choice, and shows none."""
        filters = super().get_list_filter(request)
        return [(one, OwnTerritories) if one in OF_TERRITORIES else one for one in filters]

    # ---- Searching and proposing --------------------------------------------------------------
    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> "tuple[models.QuerySet[Any], bool]":
        """Every word costs a condition by column: a search keeps to what a search box holds."""
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The values that a link proposes for a new record, and the territory of the site.

        Only choices and links to existing rows: any other field of an address could hold what
        its widget cannot show, and would turn a mistyped link into an error page.
        """
        proposed = super().get_changeform_initial_data(request)
        initial: dict[str, Any] = {
            name: value for name, value in proposed.items() if self._is_choice(name, value)
        }
        if "territory" in self._field_names() and "territory" not in initial:
            territory = site_territory(request)
            if territory:
                initial["territory"] = territory.pk
        return initial

    def journal_territory(self, request: HttpRequest) -> int | None:
        territory = site_territory(request)
        return territory.pk if territory else None

    def _field_names(self) -> set[str]:
        return {field.name for field in self.opts.get_fields()}

    def _is_choice(self, name: str, value: object) -> bool:
        if not isinstance(value, str):
            return False
        try:
            field = self.opts.get_field(name)
            if isinstance(field, ForeignKey):
                key = field.target_field.to_python(value)
                return bool(field.related_model._default_manager.filter(pk=key).exists())  # noqa: SLF001
            choices = getattr(field, "flatchoices", None) or []
            return value in {str(key) for key, _label in choices}
        except (FieldDoesNotExist, ValidationError):
            return False


class OwnTerritories(admin.RelatedFieldListFilter):
    """Territories to choose among: one's own. Where there are several, a list opens on the site's.

    `ALL` in the address asks for them all.
    """

    ALL = "tous_territoires"

    def __init__(self, field: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, request, *args, **kwargs)
        is_whole = self.used_parameters.pop(self.ALL, None) is not None
        site = site_territory(request)
        keys = {key for key, _name in self.lookup_choices}
        if not self.used_parameters and not is_whole and site and keys > {site.pk}:
            # The library's own types say a text; it reads the values of an address, a list.
            self.lookup_val = [str(site.pk)]  # type: ignore[assignment]
            self.used_parameters[self.lookup_kwarg] = self.lookup_val

    def expected_parameters(self) -> list[str | None]:
        return [*super().expected_parameters(), self.ALL]

    def choices(self, changelist: Any) -> Any:
        everywhere, *others = super().choices(changelist)
        named = [self.lookup_kwarg, self.lookup_kwarg_isnull]
        yield everywhere | {"query_string": changelist.get_query_string({self.ALL: "1"}, named)}
        yield from others

    def field_choices(
        self, field: "models.Field[Any, Any]", request: HttpRequest, model_admin: Any
    ) -> Any:
        return [(row.pk, str(row)) for row in Territory.objects.for_user(request.user)]


class HistoryAdmin(OfficeAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """A record whose past can be read, with who changed what."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._check_key(request, object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._check_key(request, object_id)
        if not version_id.isdecimal():
            raise Http404
        response: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        self.journal_page(request, object_id, response)
        return response

    def _check_key(self, request: HttpRequest, object_id: str) -> None:
        """The past of a row of one's own; of a row that is gone, for who sees everything."""
        try:
            key = self.opts.pk.to_python(object_id)
        except ValidationError as error:
            raise Http404 from error
        sees_all = request.user.is_superuser
        if not sees_all and not self.get_queryset(request).filter(pk=key).exists():
            raise Http404


class ReadOnlyAdmin(ReadOnly, OfficeAdmin):
    """A list that nobody types, for the office."""


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows that only an act of the domain writes."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TodoFilter(admin.SimpleListFilter):
    """The rows that one line of the agency's home page counts: the same set, by construction."""

    title = _("à traiter")
    parameter_name = "a_traiter"
    # value in the address → (words, name of the queryset's method)
    todos: dict[str, tuple[str | Promise, str]] = {}

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [(value, words) for value, (words, _method) in self.todos.items()]

    def queryset(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]"
    ) -> "models.QuerySet[Any] | None":
        if self.value() is None:
            return None
        if self.value() not in self.todos:
            raise IncorrectLookupParameters
        rows: models.QuerySet[Any] = getattr(queryset, self.todos[str(self.value())][1])()
        return rows


def site_territory(request: HttpRequest) -> Territory | None:
    """The territory whose site the officer is on, None as long as there is none."""
    try:
        territory: Territory = request.territory  # type: ignore[attr-defined]
        return territory if territory.pk else None
    except NoTerritory:
        return None


def stand_for(obj: Model, kept: Model) -> None:
    """What follows in the form's page (its log, its links) speaks of the row that was kept."""
    obj.__dict__.update(kept.__dict__)


def badge(tone: str, words: object) -> SafeString:
    """A state as a word in a coloured pill: the word says it, the colour helps the eye."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, words)
