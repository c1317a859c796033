from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from courrier.enums import MailState
from courrier.models import OutgoingMail
from portail.models import Page
from territoires.domain.todos import Line, filters_of
from territoires.models import Territory


def todos(territory: Territory) -> list[Line]:
    here = filters_of(territory)
    return [
        Line(
            ngettext_lazy("page sans version anglaise", "pages sans version anglaise"),
            Page.objects.in_territory(territory).without_english(),
            here | {"a_traiter": "sans-anglais"},
            _("Sous /en/, on les lit en français."),
        ),
    ]


def mail_todos() -> list[Line]:
    """Of every territory: one outbox serves all."""
    mails = OutgoingMail.objects.all()
    return [
        Line(
            ngettext_lazy("e-mail abandonné", "e-mails abandonnés"),
            mails.filter(state=MailState.DEAD),
            {"state__exact": MailState.DEAD},
            _("Vérifiez l’adresse, puis réessayez."),
            urgent=True,
        ),
        Line(
            ngettext_lazy("e-mail en retard", "e-mails en retard"),
            mails.late(),
            {"a_traiter": "en-retard"},
            _("Le serveur de messagerie répond-il ?"),
        ),
    ]
