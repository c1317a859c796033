"""What solos wrote and the agency has to read, before and after: accept it, or send it back."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Least
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import User
from registre.enums import JournalAct
from solos.admin.pages import DirectoryPages
from solos.admin.perimeter import read_key
from solos.domain.errors import NothingSubmitted
from solos.domain.moderation import ToRead, accept_waiting, compose_queue, return_waiting
from solos.models import Solo
from territoires.admin.pictures import thumbnail_of

ON_A_PAGE = 20


class ReturnForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Ce que vous demandez"), widget=forms.Textarea({"rows": 5})
    )


class ReviewPages(DirectoryPages):
    def get_urls(self) -> list[URLPattern]:
        own = self.page_urls(
            [
                ("relire/", self.review_view, "review"),
                ("<int:solo_id>/relire/", self.review_one_view, "review_one"),
                ("<int:solo_id>/renvoyer/", self.return_view, "return"),
            ]
        )
        return [*own, *super().get_urls()]

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Everything that waits, the oldest first; one accepts one profile, or those ticked."""
        self.check_reader(request)
        if request.method == "POST":
            return self._accept(request)
        rows = self.readable(request).to_read()
        oldest = Least("submitted_at", "proposed_edit__proposed_at", "unread_edit__since")
        pages = Paginator(_whole(rows).order_by(oldest, "pk"), ON_A_PAGE)
        shown = pages.get_page(request.GET.get("page"))
        return self._review_page(request, _("Relire ce qui attend"), shown, page_obj=shown)

    def review_one_view(self, request: HttpRequest, solo_id: int) -> HttpResponse:
        solo = self._found(request, solo_id)
        rows = _whole(self.readable(request).to_read()).filter(pk=solo.pk)
        return self._review_page(request, _("Relire la fiche de %s") % solo, rows, original=solo)

    def return_view(self, request: HttpRequest, solo_id: int) -> HttpResponse:
        """Say to a solo what to change before it is published."""
        solo = self.changeable_solo(request, solo_id)
        form = ReturnForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            words, author = form.cleaned_data["words"], cast("User", request.user)
            try:
                return_waiting(solo=solo, words=words, author=author)
            except NothingSubmitted:
                messages.warning(request, _("Cette fiche n’attend plus d’être relue."))
            else:
                self.log_change(request, solo, _("Fiche renvoyée : %s") % words)
                messages.success(request, _("Votre mot part à %s.") % (solo.email or solo))
            return HttpResponseRedirect(reverse("admin:solos_solo_change", args=[solo.pk]))
        title = _("Renvoyer la fiche de %s") % solo
        return self.page(request, "return", title, original=solo, form=form)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        solo = kwargs.get("obj")
        key = solo.pk if solo else None
        is_to_read = key is not None and Solo.objects.to_read().filter(pk=key).exists()
        shown = context | {"is_to_read": is_to_read}
        return super().render_change_form(request, shown, *args, **kwargs)

    def changeable_solo(self, request: HttpRequest, solo_id: int) -> Solo:
        """The solo one may act upon; another's is answered as one that never was."""
        solo = self._found(request, solo_id)
        if not self.has_change_permission(request, solo):
            raise PermissionDenied
        self.journal(request, JournalAct.READ, solo)
        return solo

    def _found(self, request: HttpRequest, solo_id: int) -> Solo:
        self.check_reader(request)
        solo: Solo | None = self.get_object(request, str(solo_id))
        if solo is None:
            raise Http404
        return solo

    def _review_page(
        self, request: HttpRequest, title: str, solos: Iterable[Solo], **context: Any
    ) -> TemplateResponse:
        items = compose_queue(list(solos))
        return self.page(
            request,
            "review",
            title,
            rows=len(items),
            items=[(item, _thumbnail(item)) for item in items],
            may_act=self.has_change_permission(request),
            **context,
        )

    def _accept(self, request: HttpRequest) -> HttpResponse:
        one = request.POST.get("only")
        read = dict(
            _key_and_stamp(text) for text in ([one] if one else request.POST.getlist("chosen"))
        )
        solos = self.changeable(request).filter(pk__in=[key for key in read if key])

        def accept(*, solo: Solo, author: User) -> Solo:
            return accept_waiting(solo=solo, stamp=read[solo.pk], author=author)

        if read:
            self.act(request, solos, accept, _("Relu et accepté."))
        else:
            messages.warning(request, _("Cochez d’abord des fiches."))
        return HttpResponseRedirect(reverse("admin:solos_solo_review"))


def _whole(rows: "QuerySet[Solo]") -> "QuerySet[Solo]":
    """With all that the queue reads of each, in the same query."""
    return rows.select_related("proposed_edit__photo", "unread_edit", "photo", "territory")


def _key_and_stamp(text: str) -> tuple[int, str]:
    """What a box of the page sends: the solo's key, and the moment that was read."""
    key, _colon, stamp = text.partition(":")
    return (read_key(key) or 0, stamp or "-")


def _thumbnail(item: ToRead) -> object:
    photo = item.photo
    if photo is None:
        return ""
    return thumbnail_of(photo, photo.alternative) if photo.is_ready else photo.get_state_display()
