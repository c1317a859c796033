"""What is left of a text when one does not look at how it is written."""

from unicodedata import combining, normalize


def plain_letters(text: str) -> str:
    """Without capitals or accents: « Élodie » is looked for, and sorted, as « elodie »."""
    plain = normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not combining(letter))
