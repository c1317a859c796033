"""What is written to a visitor who saved a search."""

from django.utils.translation import gettext_lazy as _

from courrier.domain.messages import Message, Variable
from solos.messages.profiles import LINK, TERRITORY

STOP = Variable("arret", _("L’adresse qui arrête l’alerte"), "https://solos.example/alertes/…/")
SEARCH = Variable("recherche", _("La recherche, en mots"), "« graphiste », Foix")
END = Variable("fin", _("Le jour où l’alerte prend fin"), "3 mars 2027")
NEWCOMERS = Variable(
    "nouveaux",
    _("Les nouveaux solos, un par ligne"),
    [{"words": "Camille Roux – Graphisme", "address": "https://solos.example/annuaire/…/"}],
)

ALERT_ASKED = Message(
    key="solos.alerte-a-confirmer",
    label=_("Alerte de l’annuaire, à confirmer"),
    variables=(TERRITORY, LINK, STOP),
    subject="Annuaire {{ territoire }} : confirmez votre alerte",
    body="""Bonjour,

Quelqu’un, sans doute vous, demande à être prévenu·e à cette adresse des nouveaux solos de
l’annuaire {{ territoire }}. [Voir et confirmer cette alerte]({{ lien }}) : un e-mail par semaine
au plus, et seulement s’il y a du nouveau.

Ce n’était pas vous ? Ne faites rien : sans confirmation, rien ne vous est envoyé, et votre
adresse est effacée dans la semaine. Ou [effacez-la tout de suite]({{ arret }}).""",
    subject_en="{{ territoire }} directory: confirm your alert",
    body_en="""Hello,

Someone, most likely you, asks to be told at this address of new solos in the {{ territoire }}
directory. [See and confirm this alert]({{ lien }}): one mail a week at most, and only when there
is something new.

It was not you? Do nothing: without a confirmation nothing is sent to you, and your address is
deleted within a week. Or [delete it now]({{ arret }}).""",
    is_secret=True,
)

ALERT_NEWS = Message(
    key="solos.alerte",
    label=_("Alerte de l’annuaire"),
    variables=(TERRITORY, SEARCH, NEWCOMERS, END, LINK, STOP),
    subject="Du nouveau dans l’annuaire {{ territoire }}",
    body="""Bonjour,

Depuis notre dernier e-mail, ces solos sont entrés dans l’annuaire {{ territoire }} et répondent
à votre recherche ({{ recherche }}) :

{{ nouveaux }}

Cette alerte prend fin le {{ fin }}. [La garder un an de plus]({{ lien }}) ou
[l’arrêter]({{ arret }}).""",
    subject_en="New in the {{ territoire }} directory",
    body_en="""Hello,

Since our last mail, these solos have entered the {{ territoire }} directory and match your search
({{ recherche }}):

{{ nouveaux }}

This alert ends on {{ fin }}. [Keep it for another year]({{ lien }}) or [stop it]({{ arret }}).""",
    is_secret=True,
)

ALERT_ENDING = Message(
    key="solos.alerte-fin",
    label=_("Fin d’une alerte de l’annuaire"),
    variables=(TERRITORY, SEARCH, END, LINK, STOP),
    subject="Votre alerte de l’annuaire {{ territoire }} prend fin",
    body="""Bonjour,

Votre alerte de l’annuaire {{ territoire }} ({{ recherche }}) prend fin le {{ fin }}. Elle vous
sert encore ? [Gardez-la un an de plus]({{ lien }}). Sinon ne faites rien, ou
[arrêtez-la]({{ arret }}).""",
    subject_en="Your {{ territoire }} directory alert is about to end",
    body_en="""Hello,

Your {{ territoire }} directory alert ({{ recherche }}) ends on {{ fin }}. Is it still of use?
[Keep it for another year]({{ lien }}). If not, do nothing, or [stop it]({{ arret }}).""",
    is_secret=True,
)

MESSAGES = [
    ALERT_ASKED,
    ALERT_NEWS,
    ALERT_ENDING,
]
