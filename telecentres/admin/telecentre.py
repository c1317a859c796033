from itertools import pairwise
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.gis.db.models import PointField as PointColumn
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from telecentres.admin.accounts import AccountPages
from telecentres.admin.closing import ClosingPages
from telecentres.admin.codes import CodePages
from telecentres.admin.counter import CounterPages
from telecentres.admin.day import DayPages
from telecentres.admin.feeds import FeedPages
from telecentres.admin.place_pages import page_address
from telecentres.admin.resources import TelecentreResource
from telecentres.admin.tariff import ExtraInline, FreeAllowanceInline, TariffInline
from telecentres.admin.use import UsePages
from telecentres.admin.week import WeekPages
from telecentres.domain.calendar import Slot
from telecentres.domain.touched import bookings_outside_hours
from telecentres.enums import SpaceKind, TelecentreState
from telecentres.models import Booking, ExceptionalHours, OpeningHours, Season, Space, Telecentre
from territoires.admin.base import HistoryAdmin, OfficeInline, TodoFilter, badge
from territoires.admin.exchange import OfficeExchange
from territoires.admin.maps import PointField
from territoires.admin.pictures import IllustratedAdmin, IllustratedForm
from territoires.admin.villages import commune_refusal

TONES = {
    TelecentreState.PLANNED: "warn",
    TelecentreState.OPEN: "ok",
    TelecentreState.CLOSED: "quiet",
}
# Bookings that a message names, of those that new hours leave outside.
MOST_TOLD = 10
OF_HOURS = {OpeningHours, Season, ExceptionalHours}
BOOKING_PAGE = "admin:telecentres_booking_change"
TO_WORK_AT = Q(spaces__kind__in=[SpaceKind.DESK, SpaceKind.OFFICE])


class TelecentreForm(IllustratedForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        refusal = commune_refusal(data.get("territory"), data.get("commune"))
        if refusal and not data.get("is_neighbour"):
            self.add_error("commune", refusal)
        return data


class OpeningHoursFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Two ranges of one day share no moment, in one season."""
        super().clean()
        week = sorted(
            (
                row["season"].pk if row["season"] else 0,
                row["weekday"],
                row["opens_at"],
                row["closes_at"],
            )
            for row in (form.cleaned_data for form in self.forms if form.is_valid())
            if row and not row.get("DELETE")
        )
        for earlier, later in pairwise(week):
            if earlier[:2] == later[:2] and later[2] < earlier[3]:
                raise forms.ValidationError(_("Deux plages du même jour se chevauchent."))


class OpeningHoursInline(OfficeInline):
    model = OpeningHours
    formset = OpeningHoursFormSet
    fields = ["weekday", "opens_at", "closes_at", "season"]

    def get_formset(
        self, request: HttpRequest, obj: Telecentre | None = None, **kwargs: Any
    ) -> Any:
        """The seasons to choose among are the place's own."""
        formset = super().get_formset(request, obj, **kwargs)
        season = cast("forms.ModelChoiceField[Season]", formset.form.base_fields["season"])
        season.queryset = Season.objects.filter(telecentre=obj)
        return formset


class SeasonInline(OfficeInline):
    model = Season


class ExceptionalHoursInline(OfficeInline):
    """Those to come: the past ones are kept, and would only lengthen the page."""

    model = ExceptionalHours

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ExceptionalHours]":
        return super().get_queryset(request).filter(day__gte=timezone.localdate())


class SpaceInline(OfficeInline):
    """How each is booked stands on its own page."""

    model = Space
    fields = ["name", "kind", "capacity", "needs_approval", "rules"]
    readonly_fields = ["rules"]

    @admin.display(description=_("réservation"))
    def rules(self, space: Space) -> str | SafeString:
        if space._state.adding:  # noqa: SLF001  (documented)
            return ""
        address = reverse("admin:telecentres_space_change", args=[space.pk])
        words = _("durées, délais, battements") if space.is_bookable else _("ne se réserve pas")
        return format_html('<a href="{}">{}</a>', address, words)


class TelecentreTodoFilter(TodoFilter):
    todos = {
        "sans-horaires": (_("ouvert, sans horaires"), "without_hours"),
        "position": (_("ouvert, placé au centre de la commune"), "placed_roughly"),
    }


def _tell_outside(place: Telecentre, bookings: list[Booking]) -> SafeString:
    words = ngettext(
        "%d réservation à venir est hors de ces horaires, et tient toujours. Déplacez-la ou"
        " annulez-la avec la personne :",
        "%d réservations à venir sont hors de ces horaires, et tiennent toujours. Déplacez-les ou"
        " annulez-les avec les personnes :",
        len(bookings),
    ) % len(bookings)
    links = format_html_join(
        " ; ",
        '<a href="{}">{}</a>',
        (
            (
                reverse("admin:telecentres_booking_change", args=[each.pk]),
                f"{each.space}, {Slot.of(each.period).short}, {each.who}",
            )
            for each in bookings[:MOST_TOLD]
        ),
    )
    more = "…" if len(bookings) > MOST_TOLD else ""
    address, offer = page_address("relocate", place), _("Voir ce qu’on peut leur proposer")
    return format_html('{} {}{} <a href="{}">{}</a>.', words, links, more, address, offer)


@admin.register(Telecentre)
class TelecentreAdmin(
    OfficeExchange,
    DayPages,
    WeekPages,
    CounterPages,
    ClosingPages,
    AccountPages,
    UsePages,
    CodePages,
    FeedPages,
    IllustratedAdmin,
    HistoryAdmin,
):
    change_form_template = "admin/telecentres/telecentre/change_form.html"
    form = TelecentreForm
    resource_classes = [TelecentreResource]
    list_display = ["name", "state_badge", "kind", "commune", "places", "opened_on", "territory"]
    list_filter = ["state", TelecentreTodoFilter, "territory"]
    list_select_related = ["commune", "territory", "managing_organisation", "programme"]
    search_fields = [
        "name__unaccent", "commune__plain_name__unaccent", "managing_organisation__name__unaccent",
    ]  # fmt: skip
    search_help_text = _("Nom, commune ou gestionnaire.")
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["commune", "managing_organisation", "programme", "photo"]
    formfield_overrides = {
        **HistoryAdmin.formfield_overrides,
        PointColumn: {"form_class": PointField},
    }
    inlines = [
        OpeningHoursInline, SeasonInline, ExceptionalHoursInline, SpaceInline, TariffInline,
        ExtraInline, FreeAllowanceInline,
    ]  # fmt: skip
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name", "kind", "state", "opened_on", "managing_organisation",
                    "takes_bookings", "takes_visitors", "is_neighbour", "vat_rate",
                ]
            },
        ),
        (_("Où"), {"fields": ["commune", "address", "point", "point_precision"]}),
        (
            _("Y venir"),
            {"fields": ["by_train", "by_bus", "parking", "step_free", "access"]},
        ),
        (
            _("Ce qu’on y trouve"),
            {
                "fields": [
                    "equipment", "services", "connection", ("download_mbps", "upload_mbps"),
                    "measured_on", ("office_area_m2", "shared_area_m2"),
                ]
            },
        ),
        (
            _("Sur le site public"),
            {
                "fields": [
                    "presentation", "presentation_en", "photo", "slug",
                ]
            },
        ),
        (_("Pour le joindre"), {"fields": ["email", "phone", "website"]}),
        (_("Suivi"), {"fields": ["territory", "programme", "source"]}),
        (
            _("Ce qu’il coûte"),
            {
                "description": _(
                    "Pour l’agence et le gestionnaire : ni le site ni l’API ne le disent."
                ),
                "fields": [("investment", "running_cost")],
            },
        ),
    ]  # fmt: skip

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001
    ) -> None:
        """New hours leave some bookings outside: they stand, and whoever changed them is told."""
        super().save_related(request, form, formsets, change)
        new_hours = any(each.has_changed() for each in formsets if each.model in OF_HOURS)
        if not new_hours and "state" not in form.changed_data:
            return
        outside = bookings_outside_hours(telecentre=form.instance, now=timezone.now())
        if outside:
            messages.warning(request, _tell_outside(form.instance, outside))

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Telecentre]":
        rows: QuerySet[Telecentre] = super().get_queryset(request)
        return rows.annotate(desks=Count("spaces", filter=TO_WORK_AT, distinct=True))

    @admin.display(description=_("état"), ordering="state")
    def state_badge(self, telecentre: Telecentre) -> SafeString:
        state = TelecentreState(telecentre.state)
        return badge(TONES[state], state.label)

    @admin.display(description=_("postes et bureaux"), ordering="desks")
    def places(self, telecentre: Any) -> int:
        return int(telecentre.desks)
