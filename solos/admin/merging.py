"""Records that may be of one person, side by side: make them one, or tell them apart."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptes.models import User
from registre.enums import JournalAct
from solos.domain.duplicates import tell_apart
from solos.domain.errors import KeptIsWithdrawn, MergeRefusal, OtherTerritory, TwoAccounts
from solos.domain.merging import differing_fields, merge_solos
from solos.enums import DoubleReason, PublicField, SoloState
from solos.models import PossibleDouble, Solo
from territoires.admin.base import OfficeAdmin, TodoFilter, badge
from territoires.admin.pictures import thumbnail_of

REFUSALS: dict[type[MergeRefusal], Promise] = {
    OtherTerritory: gettext_lazy("Ces fiches sont de deux territoires : chacun garde la sienne."),
    TwoAccounts: gettext_lazy(
        "Chacune de ces fiches a son compte : la personne doit d’abord en fermer un."
    ),
    KeptIsWithdrawn: gettext_lazy(
        "La fiche d’une personne retirée ne peut pas rester seule : gardez l’autre."
    ),
}
SIDES = ("first", "second")


class MergeForm(forms.Form):
    """Which record stays, then which value of each field on which they differ."""

    keep = forms.ChoiceField(widget=forms.RadioSelect, choices=[])

    def __init__(self, *args: Any, pair: PossibleDouble, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.solos: dict[str, Solo] = {side: getattr(pair, side) for side in SIDES}
        stays = self._likely_to_stay()
        keep = cast("forms.ChoiceField", self.fields["keep"])
        keep.label, keep.initial = _("Fiche qui reste"), stays
        keep.choices = [(side, _("Cette fiche reste")) for side in SIDES]
        self.differing = differing_fields(pair.first, pair.second)
        for name in self.differing:
            self.fields[name] = self._choice(name, stays)

    @property
    def kept(self) -> Solo:
        return self.solos[self.cleaned_data["keep"]]

    @property
    def other(self) -> Solo:
        return next(solo for solo in self.solos.values() if solo != self.kept)

    @property
    def from_other(self) -> list[str]:
        keep = self.cleaned_data["keep"]
        return [name for name in self.differing if self.cleaned_data[name] != keep]

    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in self.differing]

    def _choice(self, name: str, stays: str) -> forms.ChoiceField:
        """The value of the record that stays, unless it says nothing."""
        told = [side for side in SIDES if getattr(self.solos[side], name) not in ("", None, [])]
        return forms.ChoiceField(
            label=Solo._meta.get_field(name).verbose_name,  # type: ignore[union-attr]  # noqa: SLF001
            choices=[(side, _said(self.solos[side], name)) for side in SIDES],
            initial=stays if stays in told or not told else told[0],
            widget=forms.RadioSelect,
        )

    def _likely_to_stay(self) -> str:
        """The one that the public sees, else that with an account, else the older."""
        strength = SoloState.strongest_first()

        def rank(side: str) -> tuple[int, bool, int]:
            solo = self.solos[side]
            return (strength.index(SoloState(solo.state)), solo.user_id is None, solo.pk)

        return min(SIDES, key=rank)


class PossibleDoubleTodoFilter(TodoFilter):
    todos = {"a-comparer": (gettext_lazy("à comparer"), "open")}


@admin.register(PossibleDouble)
class PossibleDoubleAdmin(OfficeAdmin):
    list_display = ["names", "why", "communes", "verdict"]
    list_filter = [PossibleDoubleTodoFilter, "territory"]
    list_select_related = ["first__commune", "second__commune", "distinct_by"]
    search_fields = [
        f"{side}__{name}__unaccent" for side in SIDES for name in ("first_name", "last_name")
    ]
    ordering = ["-found_at", "-pk"]
    actions = ["tell_apart"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # ---- The page of a pair -------------------------------------------------------------------
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        pair = self._own_pair(request, object_id)
        form = MergeForm(request.POST or None, pair=pair)
        if request.method == "POST":
            if "_distinct" in request.POST:
                return self._distinguish(request, pair)
            if form.is_valid():
                return self._merge(request, form)
        for solo in (pair.first, pair.second):
            self.journal(request, JournalAct.READ, solo, model=Solo)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Une personne, ou deux ?"),
            "opts": self.opts,
            "original": pair,
            "form": form,
            "solos": [_column(solo) for solo in (pair.first, pair.second)],
            "reasons": _labels(pair),
        }
        return TemplateResponse(request, "admin/solos/possibledouble/merge.html", context)

    def _own_pair(self, request: HttpRequest, object_id: str) -> PossibleDouble:
        """For who may change both records; for anyone else the pair is not there."""
        pair: PossibleDouble | None = self.get_object(request, object_id)
        if pair is None:
            raise Http404
        if not self.has_change_permission(request, pair):
            raise PermissionDenied
        own = Solo.objects.for_user(request.user, "solos.change_solo")
        if own.filter(pk__in=[pair.first_id, pair.second_id]).count() < 2:
            raise PermissionDenied
        return pair

    def _distinguish(self, request: HttpRequest, pair: PossibleDouble) -> HttpResponse:
        tell_apart(pair=pair, author=cast("User", request.user))
        self.log_change(request, pair, _("Deux personnes."))
        messages.success(request, _("C’est noté : ce sont deux personnes."))
        return HttpResponseRedirect(reverse("admin:solos_possibledouble_changelist"))

    def _merge(self, request: HttpRequest, form: MergeForm) -> HttpResponse:
        author, name = cast("User", request.user), str(form.other)
        try:
            solo = merge_solos(
                kept=form.kept, other=form.other, from_other=form.from_other, author=author
            )
        except MergeRefusal as refusal:
            messages.error(request, str(REFUSALS[type(refusal)]))
            return HttpResponseRedirect(request.path)
        except Solo.DoesNotExist:
            messages.warning(request, _("Ces fiches ont changé entre-temps : rien n’est réuni."))
            return HttpResponseRedirect(reverse("admin:solos_possibledouble_changelist"))
        words = _("Réunie avec une autre fiche (%s).") % name
        LogEntry.objects.log_actions(author.pk, [solo], CHANGE, words, single_object=True)
        messages.success(request, _("Les deux fiches n’en font plus qu’une."))
        return HttpResponseRedirect(reverse("admin:solos_solo_change", args=[solo.pk]))

    # ---- The list -----------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Ce sont deux personnes"), permissions=["change"])
    def tell_apart(self, request: HttpRequest, queryset: "QuerySet[PossibleDouble]") -> None:
        pairs = list(queryset)
        for pair in pairs:
            tell_apart(pair=pair, author=cast("User", request.user))
            self.log_change(request, pair, _("Deux personnes."))
        words = ngettext("%d doublon écarté.", "%d doublons écartés.", len(pairs))
        messages.success(request, words % len(pairs))

    @admin.display(description=gettext_lazy("fiches"), ordering="first__last_name")
    def names(self, pair: PossibleDouble) -> str:
        return f"{pair.first} – {pair.second}"

    @admin.display(description=gettext_lazy("pourquoi"))
    def why(self, pair: PossibleDouble) -> str:
        return _labels(pair)

    @admin.display(description=gettext_lazy("communes"))
    def communes(self, pair: PossibleDouble) -> str:
        names = [str(solo.commune) for solo in (pair.first, pair.second) if solo.commune]
        return ", ".join(dict.fromkeys(names)) or str(self.get_empty_value_display())

    @admin.display(description=gettext_lazy("verdict"), ordering="distinct_at")
    def verdict(self, pair: PossibleDouble) -> SafeString:
        if pair.distinct_at is None:
            return badge("warn", _("à comparer"))
        return badge("quiet", _("deux personnes"))


def _labels(pair: PossibleDouble) -> str:
    return ", ".join(str(DoubleReason(reason).label) for reason in pair.reasons)


def _column(solo: Solo) -> dict[str, Any]:
    return {
        "solo": solo,
        "consents": solo.consents.filter(withdrawn_at=None).count(),
        "messages": solo.messages.count(),
    }


def _said(solo: Solo, name: str) -> SafeString | str:
    """A value in words, and whether everyone may see it today."""
    words = _plain(solo, name)
    field = PublicField.NAME if name in {"first_name", "last_name"} else name
    if field not in solo.published_fields:
        return words
    return format_html("{} {}", words, badge("ok", _("accord donné")))


def _plain(solo: Solo, name: str) -> SafeString | str:
    value = getattr(solo, name)
    if name == "photo" and value is not None and value.is_ready:
        return thumbnail_of(value, value.alternative)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        value = ", ".join(value)
    display = getattr(solo, f"get_{name}_display", None)
    return str(display() if display else value if value is not None else "") or "–"
