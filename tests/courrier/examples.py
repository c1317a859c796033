"""A message, a secret one, and a brand, for the tests of what carries them."""

from courrier.domain.brand import Brand
from courrier.domain.messages import Message, Variable

WELCOME = Message(
    key="essai.bienvenue",
    label="Bienvenue",
    variables=(
        Variable("prenom", "Prénom", "Ana"),
        Variable("lien", "Adresse de son espace", "https://solos.example/espace/"),
        Variable("nouvelles", "Nouvelles", [{"words": "Une session", "address": ""}]),
    ),
    subject="Bienvenue {{ prenom }}",
    body="Bonjour **{{ prenom }}**,\n\n[Ouvrir votre espace]({{ lien }})\n\n{{ nouvelles }}",
    subject_en="Welcome {{ prenom }}",
    body_en="Hello **{{ prenom }}**,\n\n[Open your space]({{ lien }})\n\n{{ nouvelles }}",
)

CODE = Message(
    key="essai.code",
    label="Code",
    variables=(Variable("code", "Code", "123456"),),
    subject="Votre code",
    body="Votre code : {{ code }}",
    is_secret=True,
)

CASE = {
    "prenom": "Bo",
    "lien": "https://solos.example/espace/?a=1&b=2",
    "nouvelles": [
        {"words": "Session de mai", "address": "https://solos.example/sessions/"},
        {"words": "Café du lundi", "address": ""},
    ],
}

BRAND = Brand(
    name="Ariège",
    agency="Agence d’essai",
    site="https://ariege.example",
    colour="#1f6f54",
    ink="#ffffff",
    link="#1f6f54",
    night_link="#5ea98b",
    contact="agence@example.org",
    address="1 place du Foirail\n09000 Foix",
)
