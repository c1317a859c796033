from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from registre.admin.erasing import ErasingAdmin
from solos.admin.board import BoardPages
from solos.admin.consent import ConsentForm
from solos.admin.doubles import DoublesAdmin
from solos.admin.numbers import NumberPages
from solos.admin.photo import PhotoAdmin
from solos.admin.resources import SoloResource
from solos.admin.review import ReviewPages
from solos.domain.completeness import completeness_of
from solos.domain.errors import AlreadyWithdrawn
from solos.domain.own_profile import accept_profile, invite_solo
from solos.domain.publication import hide_solo, identify_solo, withdraw_solo
from solos.enums import PublicField, ReviewStep, SoloState
from solos.models import FieldConsent, Solo, StateChange
from territoires.admin.base import HistoryAdmin, ReadOnlyInline, TodoFilter, badge, stand_for
from territoires.admin.exchange import OfficeExchange

REVIEW_TONES = {
    ReviewStep.FRESH: "ok",
    ReviewStep.ASKED: "quiet",
    ReviewStep.ASKED_AGAIN: "quiet",
    ReviewStep.FADED: "warn",
    ReviewStep.HIDDEN: "no",
    ReviewStep.WARNED: "no",
    ReviewStep.ARCHIVED: "quiet",
}
TONES = {
    SoloState.IDENTIFIED: "warn",
    SoloState.INVITED: "warn",
    SoloState.PUBLISHED: "ok",
    SoloState.HIDDEN: "quiet",
    SoloState.WITHDRAWN: "no",
    SoloState.ARCHIVED: "quiet",
}


class ConsentInline(ReadOnlyInline):
    model = FieldConsent
    fields = ["use", "field", "recipient", "means", "wording", "given_at", "withdrawn_at"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[FieldConsent]":
        return super().get_queryset(request).select_related("wording", "recipient")


class StateChangeInline(ReadOnlyInline):
    model = StateChange
    fields = ["state", "changed_on", "author"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[StateChange]":
        return super().get_queryset(request).select_related("author")


class SoloTodoFilter(TodoFilter):
    todos = {
        "a-relire": (gettext_lazy("à relire"), "to_read"),
        "sans-nouvelles": (gettext_lazy("sans nouvelles"), "silent"),
    }


@admin.register(Solo)
class SoloAdmin(
    OfficeExchange,
    ReviewPages,
    BoardPages,
    NumberPages,
    DoublesAdmin,
    PhotoAdmin,
    ErasingAdmin,
    HistoryAdmin,
):
    resource_classes = [SoloResource]
    change_list_template = "admin/solos/solo/change_list.html"
    change_form_template = "admin/solos/solo/change_form.html"
    list_display = ["full_name", "state_badge", "trade", "commune", "agreed", "filled", "freshness"]
    list_filter = ["state", SoloTodoFilter, "review_step", "trade__sector", "territory"]
    list_select_related = ["trade", "commune", "territory", "programme"]
    search_fields = [
        "first_name__unaccent", "last_name__unaccent", "trade_name__unaccent", "email",
        "commune__plain_name__unaccent", "trade__name__unaccent",
    ]  # fmt: skip
    search_help_text = gettext_lazy("Nom, nom commercial, e-mail, métier ou commune.")
    ordering = ["last_name", "first_name", "pk"]
    autocomplete_fields = ["commune", "trade", "user", "programme"]
    actions = ["invite", "publish", "hide", "withdraw", "bring_together"]
    inlines = [ConsentInline, StateChangeInline]
    readonly_fields = ["state_badge", "shown", "opened", "freshness", "verified_on", "photo_shown"]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    ("first_name", "last_name"), "trade_name", "status", "trade", "commune",
                ],
                "description": gettext_lazy(
                    "La fiche reste entre vous : rien n’est public avant l’accord de la personne."
                ),
            },
        ),
        (gettext_lazy("Pour la joindre"), {"fields": ["email", "phone", "website"]}),
        (gettext_lazy("Suivi"), {"fields": ["territory", "programme"]}),
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["state_badge", "shown", "opened", "freshness", "verified_on"]}),
        (
            gettext_lazy("La personne"),
            {
                "fields": [
                    ("first_name", "last_name"), "trade_name", "status", "trade", "commune",
                    "photo_shown", "new_photo", "remove_photo",
                ]
            },
        ),
        (
            gettext_lazy("Pour la joindre"),
            {"fields": ["email", "phone", "website", "links", "accepts_messages"]},
        ),
        (
            gettext_lazy("Ce qu’elle dit d’elle"),
            {
                "fields": [
                    "presentation", "skills", "languages", "work_place", "offers", "seeks",
                    "takes_clients", ("arrived_in", "came_from"),
                ]
            },
        ),
        (
            gettext_lazy("Suivi"),
            {"fields": ["territory", "programme", "user", "siret", "household_size", "slug"]},
        ),
    ]  # fmt: skip

    # ---- Pages --------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        own = self.page_urls([("<int:solo_id>/accord/", self.consent_view, "consent")])
        return [*own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Solo | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_inlines(self, request: HttpRequest, obj: Solo | None) -> list[Any]:
        return self.inlines if obj else []

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion by the handful: whoever leaves is withdrawn, which keeps the proof of it."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A past version is read; bringing it back would bring back consents since withdrawn."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)

    def revert_disabled(self, request: HttpRequest, obj: Solo | None = None) -> bool:
        return True

    def save_model(
        self,
        request: HttpRequest,
        obj: Solo,
        form: "forms.ModelForm[Solo]",
        change: bool,  # noqa: FBT001
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            self.save_photo(request, obj, form)
            return
        given = {name: getattr(obj, name) for name in form.cleaned_data}
        solo = identify_solo(author=cast("User", request.user), **given)
        stand_for(obj, solo)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Publishing or hiding takes the place of « add another » beside « save »."""
        shown = {"show_save_and_add_another": False, **(extra_context or {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, shown)
        return response

    def response_change(self, request: HttpRequest, obj: Solo) -> HttpResponse:
        """The buttons beside « Enregistrer »: save what was typed, then act."""
        acts = (("_invite", self.invite), ("_publish", self.publish), ("_hide", self.hide))
        for name, act in acts:
            if name in request.POST:
                act(request, Solo.objects.filter(pk=obj.pk))
                return HttpResponseRedirect(request.path)
        response: HttpResponse = super().response_change(request, obj)
        return response

    def consent_view(self, request: HttpRequest, solo_id: int) -> HttpResponse:
        """Write down the agreement that someone gave on paper or by mail."""
        solo = self.changeable_solo(request, solo_id)
        form = ConsentForm(request.POST or None, solo=solo)
        address = reverse("admin:solos_solo_change", args=[solo.pk])
        if request.method == "POST" and form.is_valid():
            try:
                form.record(recorded_by=cast("User", request.user))
            except AlreadyWithdrawn:
                messages.error(request, _("Cette personne s’est retirée : recensez-la de nouveau."))
            else:
                self.log_change(request, solo, _("Accord enregistré."))
                messages.success(request, _("L’accord de %s est enregistré.") % solo)
            return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Accord de %s") % solo,
            "opts": self.opts,
            "original": solo,
            "form": form,
        }
        return TemplateResponse(request, "admin/solos/solo/consent.html", context)

    # ---- Acts ---------------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Inviter à compléter sa fiche…"), permissions=["change"])
    def invite(self, request: HttpRequest, queryset: "QuerySet[Solo]") -> HttpResponse | None:
        """Asked twice from the list: mails leave at once, to whoever happened to be ticked."""
        if "_invite" in request.POST or "confirm" in request.POST:
            self.act(request, queryset, invite_solo, _("Invitation envoyée."))
            return None
        return self.ask_again(
            request,
            queryset,
            action="invite",
            title=_("Inviter à compléter sa fiche ?"),
            said=_("Un e-mail part aussitôt à chacun, avec un lien personnel vers sa fiche."),
            button=_("Oui, envoyer"),
        )

    @admin.action(description=gettext_lazy("Publier dans l’annuaire"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: "QuerySet[Solo]") -> None:
        self.act(request, queryset, accept_profile, _("Publication dans l’annuaire."))

    @admin.action(description=gettext_lazy("Masquer un temps"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: "QuerySet[Solo]") -> None:
        self.act(request, queryset, hide_solo, _("Masquage."))

    @admin.action(
        description=gettext_lazy("Retirer et effacer les accords…"), permissions=["change"]
    )
    def withdraw(self, request: HttpRequest, queryset: "QuerySet[Solo]") -> HttpResponse | None:
        """Asked twice: every consent ends, and only a new identification undoes it."""
        if "confirm" in request.POST:
            self.act(request, queryset, withdraw_solo, _("Retrait."))
            return None
        return self.ask_again(
            request,
            queryset,
            action="withdraw",
            title=_("Retirer de l’annuaire et du programme ?"),
            said=_(
                "Leur fiche quitte l’annuaire et tous leurs accords prennent fin. Pour revenir, il "
                "faudra les recenser de nouveau."
            ),
            button=_("Oui, retirer"),
            is_danger=True,
        )

    # ---- Columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("nom"), ordering="last_name")
    def full_name(self, solo: Solo) -> str:
        return f"{solo.last_name} {solo.first_name}"

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_badge(self, solo: Solo) -> SafeString:
        state = SoloState(solo.state)
        return badge(TONES[state], state.label)

    @admin.display(description=gettext_lazy("accords"))
    def agreed(self, solo: Solo) -> str:
        return str(len(solo.published_fields) or self.empty_value_display)

    @admin.display(description=gettext_lazy("remplie"))
    def filled(self, solo: Solo) -> str:
        return f"{completeness_of(solo).percent}\N{NO-BREAK SPACE}%"

    @admin.display(description=gettext_lazy("fraîcheur"), ordering="verified_on")
    def freshness(self, solo: Solo) -> str | SafeString:
        if not solo.verified_on:
            return str(self.empty_value_display)
        step = ReviewStep(solo.review_step)
        return badge(REVIEW_TONES[step], step.label) if step else f"{solo.verified_on:%d/%m/%Y}"

    @admin.display(description=gettext_lazy("accord pour montrer"))
    def shown(self, solo: Solo) -> str:
        return _labels(solo.published_fields)

    @admin.display(description=gettext_lazy("accord pour les données ouvertes"))
    def opened(self, solo: Solo) -> str:
        return _labels(solo.open_fields)


def _labels(fields: list[str]) -> str:
    return ", ".join(str(PublicField(field).label) for field in fields) or _("rien pour le moment")
