"""Erase the person of a record, once their name has been typed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registre.domain.erasure import erase_person
from registre.domain.errors import StillOnTheTeam
from registre.domain.people import rows_of_person
from registre.enums import ErasureReason, JournalAct


class ErasureForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Raison"), choices=ErasureReason, widget=forms.RadioSelect
    )
    typed_name = forms.CharField(
        label=gettext_lazy("Son nom, recopié"), widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed_name(self) -> str:
        typed: str = self.cleaned_data["typed_name"]
        if typed.split() != self.name.split():
            raise forms.ValidationError(_("Ce n’est pas le nom de cette fiche."))
        return typed


class ErasingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For records that stand for someone: a page for administrators, beside the record."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<path:object_id>/effacer/",
            self.admin_site.admin_view(self.erase_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_erase",
        )
        return [page, *super().get_urls()]

    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not request.user.has_perm("registre.add_erasure"):
            raise PermissionDenied
        form = ErasureForm(request.POST or None, name=str(row))
        if request.method == "POST" and form.is_valid():
            return self._erase(request, row, ErasureReason(form.cleaned_data["reason"]))
        self.journal(request, JournalAct.READ, row)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Effacer %s ?") % row,
            "opts": self.opts,
            "original": row,
            "form": form,
            "rows": [(one._meta.verbose_name, one) for one in rows_of_person(row)],  # noqa: SLF001
        }
        return TemplateResponse(request, "admin/registre/erase.html", context)

    def _erase(self, request: HttpRequest, row: Model, reason: ErasureReason) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        try:
            erase_person(row=row, reason=reason, author=request.user)  # type: ignore[arg-type]
        except StillOnTheTeam:
            words = _("Cette personne entre dans la gestion : retirez-lui d’abord cet accès.")
            messages.error(request, words)
            return HttpResponseRedirect(reverse(f"{name}_change", args=[row.pk]))
        messages.success(request, _("La personne est effacée. Le registre en garde la date."))
        return HttpResponseRedirect(reverse(f"{name}_changelist"))
