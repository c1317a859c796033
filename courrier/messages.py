"""The one message of the outbox itself."""

from django.utils.translation import gettext_lazy as _

from courrier.domain.messages import Message, Variable

DIGEST = Message(
    key="courrier.digest",
    label=_("Résumé du jour"),
    variables=(
        Variable("territoire", _("Le nom du territoire"), "Ariège"),
        Variable("jour", _("Le jour de l’envoi"), "mardi 4 mars"),
        Variable(
            "nouvelles",
            _("Ce qui s’est passé, une ligne par nouvelle"),
            [
                {
                    "words": "Une candidate s’est inscrite à la session de mai",
                    "address": "https://solos.example/gestion/",
                },
                {"words": "Le village de Seix a un nouveau référent", "address": ""},
            ],
        ),
    ),
    subject="{{ territoire }} : vos nouvelles du {{ jour }}",
    body="""Bonjour,

Voici ce qui s’est passé depuis hier :

{{ nouvelles }}

Bonne journée !""",
    subject_en="{{ territoire }}: your news of {{ jour }}",
    body_en="""Hello,

Here is what happened since yesterday:

{{ nouvelles }}

Have a good day!""",
)

MESSAGES = [DIGEST]
