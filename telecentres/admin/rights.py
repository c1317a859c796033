"""Who has rights of their own, and who enrolled in the network."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from telecentres.admin.holders import AccountForm
from telecentres.domain.enrolments import network_figures
from telecentres.models import Enrolment, RightsGroup, RightsMember
from territoires.admin.base import OfficeAdmin, OfficeInline


class RightsMemberForm(AccountForm):
    def validate_unique(self) -> None:
        """Django leaves constraints that name the row above out of a form inside its form."""
        super().validate_unique()
        try:
            self.instance.validate_constraints(self._get_validation_exclusions())
        except ValidationError as error:
            self.add_error(None, error)


class RightsMemberInline(OfficeInline):
    model = RightsMember
    form = RightsMemberForm
    fields = ["email", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[RightsMember]":
        return super().get_queryset(request).select_related("user")


@admin.register(RightsGroup)
class RightsGroupAdmin(OfficeAdmin):
    list_display = ["name", "people", "territory"]
    list_filter = ["territory"]
    list_select_related = ["territory"]
    search_fields = ["name__unaccent"]
    search_help_text = _("Nom du groupe.")
    fields = ["name", "territory"]
    inlines = [RightsMemberInline]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[RightsGroup]":
        rows: QuerySet[RightsGroup] = super().get_queryset(request)
        return rows.annotate(people=Count("members__user", distinct=True))

    @admin.display(description=_("personnes"), ordering="people")
    def people(self, group: Any) -> int:
        return int(group.people)


@admin.register(Enrolment)
class EnrolmentAdmin(OfficeAdmin):
    change_list_template = "admin/telecentres/enrolment/change_list.html"
    form = AccountForm
    list_display = [
        "user", "status", "trade", "employer", "programme", "enrolled_on", "left_on", "territory",
    ]  # fmt: skip
    list_filter = ["status", "territory"]
    list_select_related = ["user", "programme", "territory"]
    search_fields = ["user__email", "user__last_name__unaccent", "trade__unaccent", "employer"]
    search_help_text = _("Nom, e-mail, métier ou employeur.")
    autocomplete_fields = ["programme"]
    fields = [
        "email", "programme", "territory", "status", "trade", "employer", "enrolled_on", "left_on",
    ]  # fmt: skip

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Above the list, its two figures over a year."""
        now = timezone.now()
        rows = Enrolment.objects.for_user(request.user)
        figures = network_figures(rows, since=now - relativedelta(years=1), now=now)
        return super().changelist_view(request, {"figures": figures, **(extra_context or {})})
