"""Write to a solo, or tell the agency of a mistake: pages of their own, since profiles are kept."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes.domain.addresses import plain_address
from comptes.web.access import uncached_page
from comptes.web.limits import MAIL_TO_ADDRESS
from comptes.web.visitor_forms import TrappedForm
from jetons.domain.allowances import Limit, spend
from jetons.web.limits import limited
from jetons.web.once import once
from solos.domain.contact import pass_message_on, report_mistake
from solos.domain.errors import NotWrittenTo
from solos.models import Solo
from solos.web.contact_forms import ContactForm, MistakeForm
from solos.web.limits import MISTAKE_NETWORK, WRITING_NETWORK, WRITING_SENDER, WRITING_SOLO
from territoires.web.request import TerritoryRequest

SENT = "envoye"
View = Callable[[TerritoryRequest, Solo], HttpResponse]


def about_published(limit: Limit) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """For everyone, about a solo of the directory; what is sent counts against `limit`."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @uncached_page
        @limited(limit)
        @once
        @wraps(view)
        def wrapped(request: TerritoryRequest, slug: str) -> HttpResponse:
            published = Solo.objects.in_territory(request.territory).published()
            return view(request, get_object_or_404(published, slug=slug))

        return wrapped

    return decorate


@about_published(WRITING_NETWORK)
def write(request: TerritoryRequest, solo: Solo) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = redirect(f"{request.path}?{SENT}")
        if form.is_trapped:
            return sent
        sender = plain_address(form.cleaned_data["sender_email"])
        spend(WRITING_SENDER, sender)
        spend(WRITING_SOLO, str(solo.pk))
        if form.cleaned_data["wants_copy"]:
            spend(MAIL_TO_ADDRESS, sender)
        try:
            pass_message_on(solo=solo, **form.values)
        except NotWrittenTo:
            return redirect("solo", solo.slug)
        return sent
    if not solo.can_be_written_to and SENT not in request.GET:
        return redirect("solo", solo.slug)
    return _page(request, "solos/write.html", solo, form, _("Écrire"))


@about_published(MISTAKE_NETWORK)
def report(request: TerritoryRequest, solo: Solo) -> HttpResponse:
    form = MistakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.is_trapped:
            report_mistake(solo=solo, text=form.cleaned_data["text"])
        return redirect(f"{request.path}?{SENT}")
    return _page(request, "solos/report.html", solo, form, _("Signaler une erreur"))


def _page(
    request: TerritoryRequest, template: str, solo: Solo, form: TrappedForm, title: str
) -> HttpResponse:
    trail = [
        (_("Annuaire"), reverse("directory")),
        (solo.name, reverse("solo", args=[solo.slug])),
        (title, ""),
    ]
    context = {"solo": solo, "form": form, "is_sent": SENT in request.GET, "trail": trail}
    return render(request, template, context)
