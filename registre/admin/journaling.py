"""A back-office that leaves a trace: whatever it shows or changes about people is written down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from registre.admin.base import ScopedAdmin
from registre.domain.journal import write_journal
from registre.domain.register import is_personal
from registre.enums import JournalAct


class JournaledAdmin(ScopedAdmin):
    """Writes the journal for what it shows of people: its own rows, and those inside its form."""

    # ---- Writing ------------------------------------------------------------------------------
    def journal(
        self,
        request: HttpRequest,
        act: JournalAct,
        obj: Model | None = None,
        *,
        model: type[Model] | None = None,
        key: object = "",
        fields: Iterable[str] = (),
        rows: int = 1,
    ) -> None:
        """One line, unless the rows say nothing of anyone."""
        about = model or self.model
        if not is_personal(about):
            return
        write_journal(
            act=act,
            model=about,
            user=request.user if request.user.is_authenticated else None,
            key=obj.pk if obj else key,
            territory=getattr(obj, "territory_id", None) or self.journal_territory(request),
            fields=fields,
            rows=rows,
            path=request.path,
        )

    def journal_territory(self, request: HttpRequest) -> int | None:
        """On which territory's site the act is done, where there are territories."""
        return None

    # ---- Reading ------------------------------------------------------------------------------
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, extra_context)
        shown = (getattr(response, "context_data", None) or {}).get("cl")
        if shown is not None:
            self.journal(request, JournalAct.READ, rows=len(shown.result_list))
        return response

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """A form shown, again after a mistake or in a past version, is a record read."""
        if obj is not None and obj.pk:
            self.journal(request, JournalAct.READ, obj)
            for inside in context.get("inline_admin_formsets", []):
                rows = len(inside.formset.queryset)
                if rows:
                    model = inside.formset.model
                    self.journal(request, JournalAct.READ, model=model, rows=rows)
        response: HttpResponse = super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        self.journal_page(request, object_id, response)
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asked before anything is deleted, it says whose record it is."""
        response: HttpResponse = super().delete_view(request, object_id, extra_context)
        if request.method == "GET":
            self.journal_page(request, object_id, response)
        return response

    def journal_page(self, request: HttpRequest, object_id: str, response: HttpResponse) -> None:
        """A page about one record was shown; the record itself may be gone, and its past remain."""
        if response.status_code == 200:
            key = unquote(object_id)
            self.journal(request, JournalAct.READ, self.get_object(request, key), key=key)

    # ---- Changing -----------------------------------------------------------------------------
    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:  # noqa: FBT001
        request._typed_fields = form.changed_data  # type: ignore[attr-defined]  # noqa: SLF001
        return super().save_form(request, form, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.journal(request, JournalAct.CREATED, obj, fields=_typed(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.journal(request, JournalAct.EDITED, obj, fields=_typed(request))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        for obj in queryset:
            self.journal(request, JournalAct.DELETED, obj)
        return super().log_deletions(request, queryset)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        super().save_formset(request, form, formset, change)
        model = formset.model
        for obj in formset.new_objects:
            self.journal(request, JournalAct.CREATED, obj, model=model)
        for obj, fields in formset.changed_objects:
            self.journal(request, JournalAct.EDITED, obj, model=model, fields=fields)
        for obj in formset.deleted_objects:
            self.journal(request, JournalAct.DELETED, obj, model=model)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: forms.Form,
        formsets: Any,
        add: bool = False,  # noqa: FBT001, FBT002
    ) -> list[dict[str, Any]]:
        """Django's words on a change, where people of the form's rows go by their number."""
        message: list[dict[str, Any]] = super().construct_change_message(
            request, form, formsets, add
        )
        people = {
            str(formset.model._meta.verbose_name)  # noqa: SLF001
            for formset in formsets or []
            if is_personal(formset.model)
        }
        for said in message:
            for change in said.values():
                if str(change.get("name")) in people:
                    change["object"] = "…"
        return message

    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        everyone = request.POST.get("select_across", "0") == "1"
        rows = queryset.count() if everyone else len(chosen)
        if rows:
            self.journal(request, JournalAct.ACTED, rows=rows)
        return super().response_action(request, queryset)


def _typed(request: HttpRequest) -> list[str]:
    """The fields that the form changed, if the act came from one."""
    return list(getattr(request, "_typed_fields", []))
