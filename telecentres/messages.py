"""What a telecentre writes about a booking: to its holder, and to those who run the place."""

from django.utils.translation import gettext_lazy as _

from courrier.domain.messages import Message, Variable

TERRITORY = Variable("territoire", _("Le nom du territoire"), "Ariège")
PLACE = Variable("lieu", _("Le nom du télécentre"), "Cap Delta")
SPACE = Variable("espace", _("L’espace réservé"), "Poste 3")
WHEN = Variable("quand", _("Le jour et les heures"), "mardi 4 mars, de 9 h à 12 h 30")
REFERENCE = Variable("reference", _("La référence de la réservation"), "K7QX2MFA")
LINK = Variable("lien", _("L’adresse de la réservation"), "https://solos.example/espace/…/")
WORDS = Variable("mot", _("Ce que le gestionnaire ajoute"), "La salle est en travaux.")
HOLDER = Variable("titulaire", _("Qui demande"), "Camille Roux")
BEFORE = Variable("avant", _("Le moment avant lequel répondre"), "jeudi 6 mars à 9 h")
DATES = Variable(
    "dates",
    _("Chaque réservation, avec son adresse"),
    [
        {
            "words": "mardi 4 mars 2025, de 09:00 à 12:30 – Poste 3",
            "address": "https://solos.example/espace/…/",
        }
    ],
)
NOT_BOOKED = Variable(
    "manquees",
    _("Ce qui n’a pas pu être réservé, et pourquoi"),
    "Non réservé : mardi 11 mars 2025 (C’est déjà pris à ce moment-là.)",
)
EXTRAS = Variable(
    "extras",
    _("Ce qui est réservé en plus de l’espace"),
    "En plus de l’espace : 8 × Café d’accueil, Vidéoprojecteur.",
)
ALL_OWN = Variable("lien", _("L’adresse de ses réservations"), "https://solos.example/espace/…/")

OF_BOOKING = (TERRITORY, PLACE, SPACE, WHEN, REFERENCE, LINK)

BOOKED = Message(
    key="telecentres.reservation",
    label=_("Réservation confirmée"),
    variables=(*OF_BOOKING, EXTRAS),
    subject="{{ lieu }} : c’est réservé, {{ quand }}",
    body="""Bonjour,

C’est réservé : {{ lieu }}, {{ espace }}, {{ quand }}. Référence {{ reference }}.

{{ extras }}

[Voir, déplacer ou annuler cette réservation]({{ lien }}). Un imprévu ? Annulez : quelqu’un
d’autre attend peut-être la place.""",
    subject_en="{{ lieu }}: it is booked, {{ quand }}",
    body_en="""Hello,

It is booked at {{ lieu }}: {{ espace }}, {{ quand }}. Reference {{ reference }}.

{{ extras }}

[See, move or cancel this booking]({{ lien }}). Something came up? Cancel it: somebody else may be
waiting for the place.""",
)

REQUESTED = Message(
    key="telecentres.demande",
    label=_("Demande de réservation reçue"),
    variables=(*OF_BOOKING, BEFORE, EXTRAS),
    subject="{{ lieu }} : votre demande pour {{ quand }}",
    body="""Bonjour,

Votre demande est arrivée : {{ lieu }}, {{ espace }}, {{ quand }}. La place vous est gardée
jusqu’à la réponse, qui vient avant {{ avant }}. Référence {{ reference }}.

{{ extras }}

[Voir ou annuler cette demande]({{ lien }})""",
    subject_en="{{ lieu }}: your request for {{ quand }}",
    body_en="""Hello,

Your request has reached {{ lieu }}: {{ espace }}, {{ quand }}. The place is kept for you until
the answer, which comes before {{ avant }}. Reference {{ reference }}.

{{ extras }}

[See or cancel this request]({{ lien }})""",
)

TO_CONFIRM = Message(
    key="telecentres.reservation-a-confirmer",
    label=_("Réservation sans compte, à confirmer"),
    variables=(TERRITORY, PLACE, SPACE, WHEN, LINK, BEFORE),
    subject="{{ lieu }} : confirmez votre réservation, {{ quand }}",
    body="""Bonjour,

Quelqu’un, sans doute vous, veut réserver : {{ lieu }}, {{ espace }}, {{ quand }}. La place est
gardée jusqu’au {{ avant }}. [Voir et confirmer cette réservation]({{ lien }})

Ce n’était pas vous ? Ne faites rien : sans confirmation la place est rendue, et votre adresse est
effacée.""",
    subject_en="{{ lieu }}: confirm your booking, {{ quand }}",
    body_en="""Hello,

Someone, most likely you, wants to book at {{ lieu }}: {{ espace }}, {{ quand }}. The place is kept
until {{ avant }}. [See and confirm this booking]({{ lien }})

It was not you? Do nothing: without a confirmation the place is given back, and your address is
deleted.""",
    is_secret=True,
)

TO_ANSWER = Message(
    key="telecentres.demande-a-traiter",
    label=_("Demande de réservation, pour le gestionnaire"),
    variables=(*OF_BOOKING, HOLDER, BEFORE, EXTRAS),
    subject="{{ lieu }} : une demande à accepter ou refuser",
    body="""Bonjour,

{{ titulaire }} demande une place : {{ lieu }}, {{ espace }}, {{ quand }}. [Répondre avant
{{ avant }}]({{ lien }}) ; ensuite la place est rendue.

{{ extras }}""",
    subject_en="{{ lieu }}: a request to accept or refuse",
    body_en="""Hello,

{{ titulaire }} asks {{ lieu }} for: {{ espace }}, {{ quand }}. [Answer before
{{ avant }}]({{ lien }}); after that the place is given back.

{{ extras }}""",
)

MOVED = Message(
    key="telecentres.reservation-deplacee",
    label=_("Réservation déplacée"),
    variables=(*OF_BOOKING, EXTRAS),
    subject="{{ lieu }} : votre réservation est maintenant {{ quand }}",
    body="""Bonjour,

Votre réservation {{ reference }} a changé : {{ lieu }}, {{ espace }}, {{ quand }}.

{{ extras }}

[Voir cette réservation]({{ lien }})""",
    subject_en="{{ lieu }}: your booking is now {{ quand }}",
    body_en="""Hello,

Your booking {{ reference }} at {{ lieu }} has changed: {{ espace }}, {{ quand }}.

{{ extras }}

[See this booking]({{ lien }})""",
)

CANCELLED = Message(
    key="telecentres.reservation-annulee",
    label=_("Réservation annulée"),
    variables=(*OF_BOOKING, WORDS),
    subject="{{ lieu }} : réservation annulée, {{ quand }}",
    body="""Bonjour,

La réservation {{ reference }} est annulée : {{ lieu }}, {{ espace }}, {{ quand }}.

{{ mot }}

[Trouver un autre moment]({{ lien }})""",
    subject_en="{{ lieu }}: booking cancelled, {{ quand }}",
    body_en="""Hello,

The booking {{ reference }} at {{ lieu }} is cancelled: {{ espace }}, {{ quand }}.

{{ mot }}

[Find another time]({{ lien }})""",
)

REFUSED = Message(
    key="telecentres.demande-refusee",
    label=_("Demande de réservation refusée, ou restée sans réponse"),
    variables=(*OF_BOOKING, WORDS),
    subject="{{ lieu }} : votre demande pour {{ quand }} n’a pas abouti",
    body="""Bonjour,

Votre demande {{ reference }} n’a pas abouti : {{ lieu }}, {{ espace }}, {{ quand }}.

{{ mot }}

[Trouver un autre moment]({{ lien }})""",
    subject_en="{{ lieu }}: your request for {{ quand }} was not granted",
    body_en="""Hello,

Your request {{ reference }} was not granted at {{ lieu }}: {{ espace }}, {{ quand }}.

{{ mot }}

[Find another time]({{ lien }})""",
)

OFFERED = Message(
    key="telecentres.place-proposee",
    label=_("Une place se libère, pour qui l’attend"),
    variables=(*OF_BOOKING, BEFORE),
    subject="{{ lieu }} : une place se libère, {{ quand }}",
    body="""Bonjour,

Vous attendiez une place, elle se libère : {{ lieu }}, {{ espace }}, {{ quand }}. Elle vous est
gardée jusqu’au {{ avant }} ; ensuite elle est proposée à la personne suivante.

[Prendre cette place, ou la laisser]({{ lien }})""",
    subject_en="{{ lieu }}: a place comes free, {{ quand }}",
    body_en="""Hello,

You were waiting for a place at {{ lieu }}: {{ espace }} comes free, {{ quand }}. It is kept for
you until {{ avant }}; after that it is offered to the next person.

[Take this place, or leave it]({{ lien }})""",
)

OFFER_OVER = Message(
    key="telecentres.place-reprise",
    label=_("La place proposée n’est plus gardée"),
    variables=(*OF_BOOKING, WORDS),
    subject="{{ lieu }} : la place n’est plus gardée, {{ quand }}",
    body="""Bonjour,

La place proposée n’est plus gardée pour vous : {{ lieu }}, {{ espace }}, {{ quand }}. Vous n’êtes
plus dans la file d’attente pour ce moment.

{{ mot }}

[Chercher un autre moment, ou attendre de nouveau]({{ lien }})""",
    subject_en="{{ lieu }}: the place is no longer kept, {{ quand }}",
    body_en="""Hello,

The place offered to you at {{ lieu }} is no longer kept: {{ espace }}, {{ quand }}. You have left
the waiting list for that time.

{{ mot }}

[Look for another time, or wait again]({{ lien }})""",
)

NO_SHOW = Message(
    key="telecentres.reservation-non-honoree",
    label=_("Place rendue, faute d’arrivée"),
    variables=OF_BOOKING,
    subject="{{ lieu }} : votre place a été rendue, {{ quand }}",
    body="""Bonjour,

Personne n’a dit son arrivée : {{ lieu }}, {{ espace }}, {{ quand }}. La place est rendue, pour que
quelqu’un d’autre en profite. Référence {{ reference }}.

Vous y êtes ? Dites-le au comptoir, ou [réservez de nouveau]({{ lien }}) si c’est encore libre. La
prochaine fois, visez en arrivant le code affiché sur l’espace.""",
    subject_en="{{ lieu }}: your place was given back, {{ quand }}",
    body_en="""Hello,

Nobody checked in at {{ lieu }}: {{ espace }}, {{ quand }}. The place is given back, for somebody
else to use. Reference {{ reference }}.

Are you there? Say so at the counter, or [book again]({{ lien }}) if it is still free. Next time,
scan the code shown on the space when you arrive.""",
)

REMINDER = Message(
    key="telecentres.rappel",
    label=_("Rappel, la veille"),
    variables=(TERRITORY, PLACE, DATES, ALL_OWN),
    subject="{{ lieu }} : rappel de votre réservation",
    body="""Bonjour,

{{ lieu }}, on vous attend :

{{ dates }}

Un imprévu ? Annulez, ou déplacez : quelqu’un d’autre attend peut-être la place.

[Voir mes réservations, ou ne plus recevoir ces rappels]({{ lien }})""",
    subject_en="{{ lieu }}: a reminder of your booking",
    body_en="""Hello,

You are expected at {{ lieu }}:

{{ dates }}

Something came up? Cancel it, or move it: somebody else may be waiting for the place.

[See my bookings, or stop these reminders]({{ lien }})""",
)

VISITOR_REMINDER = Message(
    key="telecentres.rappel-visiteur",
    label=_("Rappel, la veille, d’une réservation sans compte"),
    variables=OF_BOOKING,
    subject="{{ lieu }} : rappel, {{ quand }}",
    body="""Bonjour,

On vous attend : {{ lieu }}, {{ espace }}, {{ quand }}. Référence {{ reference }}.

[Voir, déplacer ou annuler cette réservation]({{ lien }}). Un imprévu ? Annulez : quelqu’un
d’autre attend peut-être la place.""",
    subject_en="{{ lieu }}: a reminder, {{ quand }}",
    body_en="""Hello,

You are expected at {{ lieu }}: {{ espace }}, {{ quand }}. Reference {{ reference }}.

[See, move or cancel this booking]({{ lien }}). Something came up? Cancel it: somebody else may be
waiting for the place.""",
    is_secret=True,
)

SERIES = Message(
    key="telecentres.serie",
    label=_("Plusieurs réservations faites ensemble"),
    variables=(TERRITORY, PLACE, DATES, NOT_BOOKED, ALL_OWN),
    subject="{{ lieu }} : vos réservations",
    body="""Bonjour,

{{ lieu }}, voici ce qui est à vous :

{{ dates }}

{{ manquees }}

[Voir mes réservations]({{ lien }}). Un imprévu ? Annulez une date, ou toutes les suivantes :
quelqu’un d’autre attend peut-être la place.""",
    subject_en="{{ lieu }}: your bookings",
    body_en="""Hello,

Here is what is yours at {{ lieu }}:

{{ dates }}

{{ manquees }}

[See my bookings]({{ lien }}). Something came up? Cancel one date, or all those that follow:
somebody else may be waiting for the place.""",
)

SERIES_TO_ANSWER = Message(
    key="telecentres.serie-a-traiter",
    label=_("Plusieurs demandes faites ensemble, pour le gestionnaire"),
    variables=(TERRITORY, PLACE, DATES, HOLDER),
    subject="{{ lieu }} : des demandes à accepter ou refuser",
    body="""Bonjour,

{{ lieu }}, voici ce que demande {{ titulaire }} :

{{ dates }}

Chacune se répond à part, dans les deux jours ; ensuite la place est rendue.""",
    subject_en="{{ lieu }}: requests to accept or refuse",
    body_en="""Hello,

{{ titulaire }} asks {{ lieu }} for:

{{ dates }}

Each is answered apart, within two days; after that the place is given back.""",
)

SERIES_CANCELLED = Message(
    key="telecentres.serie-annulee",
    label=_("Plusieurs réservations annulées ensemble"),
    variables=(TERRITORY, PLACE, DATES, ALL_OWN),
    subject="{{ lieu }} : réservations annulées",
    body="""Bonjour,

{{ lieu }}, ces réservations sont annulées :

{{ dates }}

[Voir celles qui restent]({{ lien }})""",
    subject_en="{{ lieu }}: bookings cancelled",
    body_en="""Hello,

These bookings at {{ lieu }} are cancelled:

{{ dates }}

[See those that remain]({{ lien }})""",
)

MESSAGES = [
    TO_CONFIRM, BOOKED, REQUESTED, TO_ANSWER, MOVED, CANCELLED, REFUSED, OFFERED, OFFER_OVER,
    NO_SHOW, REMINDER, VISITOR_REMINDER, SERIES, SERIES_TO_ANSWER, SERIES_CANCELLED,
]  # fmt: skip
