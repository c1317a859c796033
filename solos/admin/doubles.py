"""While someone is typed in: who else of the directory may be the same person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registre.enums import JournalAct
from solos.domain.duplicates import Likeness, choose_double, find_doubles, keep_doubles
from solos.models import Solo

# What tells who someone is.
TELLING = ("territory", "first_name", "last_name", "email", "phone", "siret", "commune")
DESPITE = "_despite_doubles"


class DoublesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Before a new record is saved, its likely doubles are named once; it may be saved anyway."""

    doubles: Sequence[Likeness] = ()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and DESPITE not in self.data:
            given = {name: data[name] for name in TELLING if name in data}
            self.doubles = find_doubles(solo=Solo(**given))
            if self.doubles:
                self.add_error(None, _warning(self.doubles, may_save=True))
        return data


class DoublesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def get_form(
        self, request: HttpRequest, obj: Solo | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = DoublesForm
        return super().get_form(request, obj, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Naming a double is showing a record."""
        for double in getattr(context["adminform"].form, "doubles", ()):
            self.journal(request, JournalAct.READ, double.solo)  # type: ignore[attr-defined]
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        doubles = keep_doubles(solo=form.instance)
        if change and doubles and set(TELLING) & set(form.changed_data):
            messages.warning(request, _warning(doubles, may_save=False))

    @admin.action(
        description=gettext_lazy("Comparer et réunir deux fiches"), permissions=["change"]
    )
    def bring_together(
        self, request: HttpRequest, queryset: "QuerySet[Solo]"
    ) -> HttpResponse | None:
        solos = list(queryset[:3])
        if len(solos) != 2 or solos[0].territory_id != solos[1].territory_id:
            messages.warning(request, _("Cochez deux fiches d’un même territoire."))
            return None
        pair = choose_double(solo=solos[0], other=solos[1])
        return HttpResponseRedirect(reverse("admin:solos_possibledouble_change", args=[pair.pk]))


def _warning(doubles: Sequence[Likeness], *, may_save: bool) -> SafeString:
    context = {"doubles": doubles, "may_save": may_save, "despite": DESPITE}
    return render_to_string("admin/solos/solo/doubles.html", context)
