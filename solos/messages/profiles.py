"""What the directory writes to a solo, and to whoever looks for one: each mail has its link."""

from django.utils.translation import gettext_lazy as _

from courrier.domain.messages import Message, Variable

TERRITORY = Variable("territoire", _("Le nom du territoire"), "Ariège")
FIRST_NAME = Variable("prenom", _("Le prénom"), "Camille")
LINK = Variable("lien", _("L’adresse à ouvrir"), "https://solos.example/ma-fiche/…/")
DAYS = Variable("jours", _("Combien de jours le lien reste bon"), "60")
PAGE = Variable("page", _("L’adresse de la page publique"), "https://solos.example/annuaire/…/")
ACCOUNT = Variable(
    "compte",
    _("Comment ouvrir un compte, pour qui n’en a pas"),
    [{"words": "Ouvrez un compte.", "address": "https://solos.example/compte/inscription/"}],
)
WORDS = Variable("mot", _("Ce que l’agence demande"), "Ajoutez votre métier.")

INVITATION = Message(
    key="solos.invitation",
    label=_("Invitation dans l’annuaire"),
    variables=(TERRITORY, FIRST_NAME, LINK, DAYS),
    subject="Votre place dans l’annuaire de Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

Nous savons que vous travaillez ici, et nous aimerions que d’autres le sachent : familles qui
hésitent à venir, entreprises qui cherchent un savoir-faire, voisins de métier.

Rien de vous n’est public. Si vous le voulez bien, [complétez votre fiche]({{ lien }}) : vous
choisissez ce que chacun voit, vous la relisez telle qu’un visiteur la verrait, puis vous
demandez sa publication. Vous pourrez tout retirer en un clic, à tout moment.

Ce lien est à vous, ne le transmettez pas. Il reste bon {{ jours }} jours.
Vous préférez en rester là ? Ne faites rien.""",
    subject_en="Your place in the Solos {{ territoire }} directory",
    body_en="""Hello {{ prenom }},

We know that you work here, and we would like others to know: families who wonder about coming,
firms that look for a skill, people of your trade.

Nothing about you is public. If you wish, [complete your page]({{ lien }}): you choose what
everyone sees, you read it as a visitor would, then you ask for it to be published. You can take it
all away with one click, at any time.

This link is yours, do not pass it on. It stays good for {{ jours }} days. You
would rather not? Do nothing.""",
    is_secret=True,
)

ONLINE = Message(
    key="solos.en-ligne",
    label=_("Fiche publiée"),
    variables=(TERRITORY, FIRST_NAME, LINK, PAGE, ACCOUNT),
    subject="Votre fiche est dans l’annuaire de Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

Votre fiche est en ligne : [voir ma page]({{ page }}).

[Gardez ce lien]({{ lien }}) : il vous laisse la corriger, choisir ce que chacun voit, ou tout
retirer en un clic.

{{ compte }}""",
    subject_en="Your page is in the Solos {{ territoire }} directory",
    body_en="""Hello {{ prenom }},

Your page is online: [see my page]({{ page }}).

[Keep this link]({{ lien }}): it lets you correct it, choose what everyone sees, or take it all
away with one click.

{{ compte }}""",
    is_secret=True,
)

RETURNED = Message(
    key="solos.a-reprendre",
    label=_("Fiche à reprendre"),
    variables=(TERRITORY, FIRST_NAME, LINK, WORDS),
    subject="Votre fiche Solos {{ territoire }} : encore un détail",
    body="""Bonjour {{ prenom }},

Avant de publier votre fiche, nous vous demandons ceci :

{{ mot }}

[Reprenez votre fiche]({{ lien }}), puis demandez à nouveau sa publication.""",
    subject_en="Your Solos {{ territoire }} page: one more thing",
    body_en="""Hello {{ prenom }},

Before your page is published, we ask you this:

{{ mot }}

[Take up your page]({{ lien }}) again, then ask for it to be published.""",
    is_secret=True,
)

EDIT_ONLINE = Message(
    key="solos.changements-en-ligne",
    label=_("Changements publiés"),
    variables=(TERRITORY, FIRST_NAME, LINK, PAGE),
    subject="Vos changements sont en ligne sur Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

L’équipe a relu vos changements : ils sont sur [votre page]({{ page }}).

[Votre fiche]({{ lien }}) reste à vous : vous pouvez toujours la corriger, ou tout retirer en un
clic.""",
    subject_en="Your changes are online on Solos {{ territoire }}",
    body_en="""Hello {{ prenom }},

The team has read your changes: they are on [your page]({{ page }}).

[Your profile]({{ lien }}) stays yours: you can always correct it, or take it all away with one
click.""",
    is_secret=True,
)

EDIT_RETURNED = Message(
    key="solos.changements-a-reprendre",
    label=_("Changements à reprendre"),
    variables=(TERRITORY, FIRST_NAME, LINK, WORDS),
    subject="Vos changements sur Solos {{ territoire }} : encore un détail",
    body="""Bonjour {{ prenom }},

Votre page reste telle qu’elle était. Avant de publier vos changements, nous vous demandons ceci :

{{ mot }}

Ce que vous avez écrit est gardé : [reprenez votre fiche]({{ lien }}), puis enregistrez.""",
    subject_en="Your changes on Solos {{ territoire }}: one more thing",
    body_en="""Hello {{ prenom }},

Your page stays as it was. Before your changes are published, we ask you this:

{{ mot }}

What you wrote is kept: [take up your profile]({{ lien }}) again, then save.""",
    is_secret=True,
)

LEFT = Message(
    key="solos.retiree",
    label=_("Fiche retirée par la personne"),
    variables=(TERRITORY, FIRST_NAME),
    subject="Votre fiche a quitté Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

Vous avez tout retiré : votre fiche n’est plus sur le site, vos accords ont pris fin, votre photo
est effacée et les liens vers votre fiche ne fonctionnent plus.

L’équipe sait encore ce que vous lui aviez dit. Pour qu’elle l’efface aussi, ou si ce n’était pas
vous, répondez à ce mail.""",
    subject_en="Your page has left Solos {{ territoire }}",
    body_en="""Hello {{ prenom }},

You took everything away: your page is no longer on the site, your agreements have ended, your
photo is deleted and the links to your page work no more.

The team still knows what you had told it. For it to be erased too, or if it was not you, reply to
this mail.""",
)

LINK_AGAIN = Message(
    key="solos.nouveau-lien",
    label=_("Nouveau lien vers sa fiche"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Le lien vers votre fiche Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

Voici [le lien vers votre fiche]({{ lien }}), que vous venez de demander.

Ce n’était pas vous ? Ne faites rien : sans ce lien, personne n’y touche.""",
    subject_en="The link to your Solos {{ territoire }} page",
    body_en="""Hello {{ prenom }},

Here is [the link to your page]({{ lien }}), which you just asked for.

It was not you? Do nothing: without this link nobody can touch it.""",
    is_secret=True,
)

SENDER = Variable("expediteur", _("Le nom de qui écrit"), "Dominique")
SENDER_EMAIL = Variable("adresse", _("L’adresse de qui écrit"), "dominique@example.org")
TEXT = Variable("message", _("Ce qui est écrit"), "Bonjour, faites-vous des cartes ?")

CONTACT = Message(
    key="solos.contact",
    label=_("Message reçu par le site"),
    variables=(TERRITORY, FIRST_NAME, LINK, SENDER, SENDER_EMAIL, TEXT),
    subject="{{ expediteur }} vous écrit depuis Solos {{ territoire }}",
    body="""Bonjour {{ prenom }},

{{ expediteur }} ({{ adresse }}) vous écrit depuis votre page :

{{ message }}

Répondez à ce mail : votre réponse lui parviendra, avec votre adresse. Sans réponse de vous, il
ne la connaîtra pas. Vous ne voulez plus de ces messages ? [Votre fiche]({{ lien }}) le dit en un
clic.""",
    subject_en="{{ expediteur }} writes to you from Solos {{ territoire }}",
    body_en="""Hello {{ prenom }},

{{ expediteur }} ({{ adresse }}) writes to you from your page:

{{ message }}

Reply to this mail: your reply goes to them, with your address. Without a reply from you they
will not know it. You want no more of these messages? [Your profile]({{ lien }}) says so in one
click.""",
    is_secret=True,
)

CONTACT_COPY = Message(
    key="solos.copie-contact",
    label=_("Copie d’un message envoyé par le site"),
    variables=(TERRITORY, SENDER, TEXT),
    subject="Votre message, envoyé depuis Solos {{ territoire }}",
    body="""Bonjour {{ expediteur }},

Votre message est parti. En voici la copie :

{{ message }}

Vous n’avez rien écrit ? Quelqu’un a donné votre adresse à votre place : ne faites rien.""",
    subject_en="Your message, sent from Solos {{ territoire }}",
    body_en="""Hello {{ expediteur }},

Your message is on its way. Here is a copy:

{{ message }}

You wrote nothing? Somebody gave your address instead of theirs: do nothing.""",
    is_secret=True,
)

REVIEW = Message(
    key="solos.relecture",
    label=_("Relecture de la fiche"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Votre fiche est-elle toujours juste ?",
    body="""Bonjour {{ prenom }},

Voilà un moment que vous n’avez pas relu votre fiche de l’annuaire {{ territoire }}. Tout est
encore juste ? Dites-le en un clic. Quelque chose a changé ? Corrigez-le au même endroit.

{{ lien }}

Sans nouvelles de vous, la fiche s’estompera, puis quittera l’annuaire : mieux vaut pas de fiche
qu’une fiche fausse.""",
    subject_en="Is your profile still right?",
    body_en="""Hello {{ prenom }},

It has been a while since you last read your profile in the {{ territoire }} directory. Is all of it
still right? Say so in one click. Has something changed? Correct it in the same place.

{{ lien }}

Without news from you the profile will fade, then leave the directory: better no profile than a
wrong one.""",
    is_secret=True,
)

FADED = Message(
    key="solos.estompee",
    label=_("Fiche estompée"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Votre fiche est signalée comme ancienne",
    body="""Bonjour {{ prenom }},

Votre fiche de l’annuaire {{ territoire }} est maintenant signalée comme peut-être dépassée. Dans
un mois, sans nouvelles de vous, elle quittera l’annuaire. Un clic suffit pour la garder :

{{ lien }}""",
    subject_en="Your profile is marked as old",
    body_en="""Hello {{ prenom }},

Your profile in the {{ territoire }} directory is now marked as possibly out of date. In a month,
without news from you, it will leave the directory. One click keeps it:

{{ lien }}""",
    is_secret=True,
)

SILENT = Message(
    key="solos.sans-nouvelles",
    label=_("Fiche sortie de l’annuaire faute de nouvelles"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Votre fiche a quitté l’annuaire",
    body="""Bonjour {{ prenom }},

Sans nouvelles de vous, nous avons masqué votre fiche de l’annuaire {{ territoire }}. Rien n’est
perdu : un clic la remet en ligne, telle qu’elle était.

{{ lien }}""",
    subject_en="Your profile has left the directory",
    body_en="""Hello {{ prenom }},

Without news from you we have hidden your profile in the {{ territoire }} directory. Nothing is
lost: one click puts it back online, as it was.

{{ lien }}""",
    is_secret=True,
)

TO_BE_ARCHIVED = Message(
    key="solos.archivage-annonce",
    label=_("Archivage annoncé"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Votre fiche sera archivée dans un mois",
    body="""Bonjour {{ prenom }},

Votre fiche n’est plus dans l’annuaire {{ territoire }} depuis six mois. Dans un mois, nous
l’archiverons. Vous travaillez toujours ici ? Un clic la remet en ligne :

{{ lien }}""",
    subject_en="Your profile will be archived in a month",
    body_en="""Hello {{ prenom }},

Your profile left the {{ territoire }} directory six months ago. In a month we will archive it. Do
you still work here? One click puts it back online:

{{ lien }}""",
    is_secret=True,
)

ARCHIVED = Message(
    key="solos.archivee",
    label=_("Fiche archivée"),
    variables=(TERRITORY, FIRST_NAME, LINK),
    subject="Votre fiche est archivée",
    body="""Bonjour {{ prenom }},

Votre fiche est archivée : elle n’est plus publique, et l’équipe ne vous écrira plus à son sujet.
Vous revenez ? Ou vous voulez tout retirer ? C’est ici :

{{ lien }}""",
    subject_en="Your profile is archived",
    body_en="""Hello {{ prenom }},

Your profile is archived: it is no longer public, and the team will not write to you about it any
more. Are you coming back? Or do you want to remove everything? It is here:

{{ lien }}""",
    is_secret=True,
)

MESSAGES = [
    INVITATION,
    ONLINE,
    RETURNED,
    EDIT_ONLINE,
    EDIT_RETURNED,
    LEFT,
    LINK_AGAIN,
    CONTACT,
    CONTACT_COPY,
    REVIEW,
    FADED,
    SILENT,
    TO_BE_ARCHIVED,
    ARCHIVED,
]
