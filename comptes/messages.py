"""What accounts write: codes, invitations, changes that their holder must hear of."""

from django.utils.translation import gettext_lazy as _

from courrier.domain.messages import Message, Variable

TERRITORY = Variable("territoire", _("Le nom du territoire"), "Ariège")
CODE = Variable("code", _("Le code à saisir"), "K7PX-2QMD")
LINK = Variable("lien", _("L’adresse à ouvrir"), "https://solos.example/compte/invitation/…/")

SIGN_IN_CODE = Message(
    key="comptes.code-connexion",
    label=_("Code de connexion"),
    variables=(TERRITORY, CODE),
    subject="Votre code de connexion à Solos {{ territoire }}",
    body="""Bonjour,

Voici le code qui ouvre votre espace, valable quelques minutes :

**{{ code }}**

Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne n’entre.""",
    subject_en="Your code to sign in to Solos {{ territoire }}",
    body_en="""Hello,

Here is the code that opens your space, good for a few minutes:

**{{ code }}**

You did not ask for it? Do nothing: without this code nobody comes in.""",
    is_secret=True,
)

ADDRESS_CODE = Message(
    key="comptes.code-adresse",
    label=_("Confirmation d’une adresse"),
    variables=(TERRITORY, CODE),
    subject="Confirmez votre adresse pour Solos {{ territoire }}",
    body="""Bonjour,

Pour confirmer que cette adresse est la vôtre, saisissez ce code, valable quelques minutes :

**{{ code }}**

Vous n’avez rien demandé ? Ne faites rien : aucun compte ne s’ouvrira.""",
    subject_en="Confirm your address for Solos {{ territoire }}",
    body_en="""Hello,

To confirm that this address is yours, type this code, good for a few minutes:

**{{ code }}**

You did not ask for it? Do nothing: no account will be opened.""",
    is_secret=True,
)

PASSWORD_CODE = Message(
    key="comptes.code-mot-de-passe",
    label=_("Mot de passe oublié"),
    variables=(TERRITORY, CODE),
    subject="Choisir un nouveau mot de passe pour Solos {{ territoire }}",
    body="""Bonjour,

Pour choisir un nouveau mot de passe, saisissez ce code, valable quelques minutes :

**{{ code }}**

Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.""",
    subject_en="Choose a new password for Solos {{ territoire }}",
    body_en="""Hello,

To choose a new password, type this code, good for a few minutes:

**{{ code }}**

You did not ask for it? Do nothing: your password stays the same.""",
    is_secret=True,
)

NO_ACCOUNT = Message(
    key="comptes.sans-compte",
    label=_("Aucun compte à cette adresse"),
    variables=(TERRITORY, LINK),
    subject="Aucun compte Solos {{ territoire }} à cette adresse",
    body="""Bonjour,

Quelqu’un, vous peut-être, a voulu entrer dans Solos {{ territoire }} avec cette adresse. Aucun
compte ne la porte : essayez-en une autre, ou [ouvrez un compte]({{ lien }}).

Ce n’était pas vous ? Ne faites rien.""",
    subject_en="No Solos {{ territoire }} account with this address",
    body_en="""Hello,

Somebody, perhaps you, tried to enter Solos {{ territoire }} with this address. No account bears
it: try another one, or [open an account]({{ lien }}).

It was not you? Do nothing.""",
)

ACCOUNT_EXISTS = Message(
    key="comptes.deja-un-compte",
    label=_("Un compte existe déjà"),
    variables=(TERRITORY, LINK),
    subject="Vous avez déjà un compte Solos {{ territoire }}",
    body="""Bonjour,

Quelqu’un, vous peut-être, a voulu ouvrir un compte avec cette adresse, ou la donner à un autre
compte. Elle a déjà le sien : [connectez-vous]({{ lien }}), un code vous sera envoyé si vous n’avez
pas de mot de passe.

Ce n’était pas vous ? Ne faites rien.""",
    subject_en="You already have a Solos {{ territoire }} account",
    body_en="""Hello,

Somebody, perhaps you, tried to open an account with this address, or to give it to another
account. It has one already: [sign in]({{ lien }}), a code is sent to you if you have no password.

It was not you? Do nothing.""",
)

INVITATION = Message(
    key="comptes.invitation",
    label=_("Invitation à rejoindre l’équipe"),
    variables=(
        TERRITORY,
        Variable("qui", _("Qui invite"), "Aude Montferrelle"),
        Variable("role", _("Ce que la personne sera"), "chargé·e de mission"),
        LINK,
    ),
    subject="{{ qui }} vous invite dans Solos {{ territoire }}",
    body="""Bonjour,

{{ qui }} vous ouvre Solos {{ territoire }}. Votre rôle : {{ role }}.

[Choisir votre mot de passe]({{ lien }})

Ce lien vaut sept jours et une seule fois. Gardez votre téléphone près de vous : un second code
protégera votre accès.""",
    subject_en="{{ qui }} invites you to Solos {{ territoire }}",
    body_en="""Hello,

{{ qui }} opens Solos {{ territoire }} to you. Your role: {{ role }}.

[Choose your password]({{ lien }})

This link is good for seven days and once. Keep your phone at hand: a second code will protect your
access.""",
    is_secret=True,
)

ACCESS_ADDED = Message(
    key="comptes.nouveau-role",
    label=_("Un rôle de plus"),
    variables=(
        TERRITORY,
        Variable("qui", _("Qui donne le rôle"), "Aude Montferrelle"),
        Variable("role", _("Ce que la personne sera"), "chargé·e de mission"),
        LINK,
    ),
    subject="Un nouveau rôle dans Solos {{ territoire }}",
    body="""Bonjour,

{{ qui }} vous donne un rôle dans Solos {{ territoire }} : {{ role }}.

[Ouvrir l’espace de gestion]({{ lien }})""",
    subject_en="A new role in Solos {{ territoire }}",
    body_en="""Hello,

{{ qui }} gives you a role in Solos {{ territoire }}: {{ role }}.

[Open the back office]({{ lien }})""",
)

LEAVE_ADDRESS = Message(
    key="comptes.quitter-adresse",
    label=_("Changement d’adresse : l’ancienne"),
    variables=(
        TERRITORY,
        Variable("nouvelle", _("La nouvelle adresse"), "camille@exemple.fr"),
        LINK,
    ),
    subject="Changer l’adresse de votre compte Solos {{ territoire }} ?",
    body="""Bonjour,

Votre compte demande à passer à l’adresse {{ nouvelle }}.

[Accepter ce changement]({{ lien }})

Vous n’avez rien demandé ? N’ouvrez pas ce lien, et changez votre mot de passe : quelqu’un se sert
de votre compte.""",
    subject_en="Change the address of your Solos {{ territoire }} account?",
    body_en="""Hello,

Your account asks to move to the address {{ nouvelle }}.

[Accept this change]({{ lien }})

You did not ask for it? Do not open this link, and change your password: somebody is using your
account.""",
    is_secret=True,
)

TAKE_ADDRESS = Message(
    key="comptes.prendre-adresse",
    label=_("Changement d’adresse : la nouvelle"),
    variables=(TERRITORY, LINK),
    subject="Confirmez la nouvelle adresse de votre compte Solos {{ territoire }}",
    body="""Bonjour,

Un compte Solos {{ territoire }} demande à prendre cette adresse. Elle est bien la vôtre ?

[Confirmer cette adresse]({{ lien }})

Vous n’avez rien demandé ? Ne faites rien.""",
    subject_en="Confirm the new address of your Solos {{ territoire }} account",
    body_en="""Hello,

A Solos {{ territoire }} account asks to take this address. Is it yours?

[Confirm this address]({{ lien }})

You did not ask for it? Do nothing.""",
    is_secret=True,
)

SECURITY_NOTICE = Message(
    key="comptes.securite",
    label=_("Changement de sécurité"),
    variables=(
        TERRITORY,
        Variable("quoi", _("Ce qui a changé"), "Votre mot de passe a changé."),
        LINK,
    ),
    subject="Votre compte Solos {{ territoire }} a changé",
    body="""Bonjour,

{{ quoi }}

C’était vous ? Tout va bien. Sinon, [choisissez tout de suite un nouveau mot de passe]({{ lien }}),
puis écrivez à l’équipe.""",
    subject_en="Your Solos {{ territoire }} account has changed",
    body_en="""Hello,

{{ quoi }}

Was it you? All is well. If not, [choose a new password now]({{ lien }}), then write to the
team.""",
)

MESSAGES = [
    SIGN_IN_CODE,
    ADDRESS_CODE,
    PASSWORD_CODE,
    NO_ACCOUNT,
    ACCOUNT_EXISTS,
    INVITATION,
    ACCESS_ADDED,
    LEAVE_ADDRESS,
    TAKE_ADDRESS,
    SECURITY_NOTICE,
]
