"""An act of the domain on some solos: what is done is logged, what is refused is said by name."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registre.admin.journaling import JournaledAdmin
from solos.domain.errors import (
    AlreadyWithdrawn,
    ChangedMeanwhile,
    ConsentMissing,
    EditOutdated,
    MoveForbidden,
    NoAddress,
    NothingSubmitted,
    SoloRefusal,
)
from solos.models import Solo

REFUSALS: dict[type[SoloRefusal], Promise] = {
    ConsentMissing: gettext_lazy("Il manque l’accord d’afficher le nom :"),
    AlreadyWithdrawn: gettext_lazy("S’est retiré·e, à recenser de nouveau :"),
    NoAddress: gettext_lazy("Sans adresse e-mail, à compléter d’abord :"),
    MoveForbidden: gettext_lazy("N’en est plus là, à voir de nouveau :"),
    NothingSubmitted: gettext_lazy("N’attend plus d’être relu·e :"),
    ChangedMeanwhile: gettext_lazy("A encore changé depuis que vous l’avez lu·e, à relire :"),
    EditOutdated: gettext_lazy("Ses changements ne tiennent plus dans nos listes, à renvoyer :"),
}
MOST_NAMES = 5


class ActingAdmin(JournaledAdmin):
    def act(
        self, request: HttpRequest, solos: Iterable[Solo], act: Callable[..., Solo], words: str
    ) -> None:
        done: list[Solo] = []
        refused: dict[type[SoloRefusal], list[Solo]] = {}
        for solo in solos:
            try:
                done.append(act(solo=solo, author=request.user))
            except SoloRefusal as refusal:
                refused.setdefault(type(refusal), []).append(solo)
        for solo in done:
            self.log_change(request, solo, words)
        if done:
            said = {"act": words.removesuffix("."), "who": _names(done)}
            messages.success(request, _("%(act)s : %(who)s.") % said)
        for kind, refusals in refused.items():
            messages.warning(request, f"{REFUSALS[kind]} {_names(refusals)}.")

    def ask_again(
        self, request: HttpRequest, solos: "QuerySet[Solo]", **context: object
    ) -> TemplateResponse:
        """Whom an act of the list is about to touch, before it does."""
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "solos": solos.select_related("territory"),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            **context,
        }
        return TemplateResponse(request, "admin/solos/solo/confirm.html", shown)


def _names(solos: list[Solo]) -> str:
    names = ", ".join(map(str, solos[:MOST_NAMES]))
    rest = _(" et %d autres") % (len(solos) - MOST_NAMES) if len(solos) > MOST_NAMES else ""
    return names + rest
