"""A day as a person says it: in a mail, and on the pages that say the same."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

# The first day of a month, written in figures before the month's name.
FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d])")


def day_in_words(day: date, pattern: str = "j F Y") -> str:
    """In the reader's language, by a pattern of Django's: French says « 1er janvier »."""
    return first_in_french(date_format(day, pattern))


def first_in_french(text: str) -> str:
    return FIRST.sub("1er ", text) if get_language() == "fr" else text
