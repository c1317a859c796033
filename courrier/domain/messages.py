"""The messages that the apps send: each declared once, beside the act that sends it.

An app lists its own in `<app>/messages.py`, under the name MESSAGES.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from courrier.domain.errors import WrongVariables
from courrier.domain.substitution import NAME, Value, Values, check_wording, legible


@dataclass(frozen=True)
class Variable:
    """What a message can say of its case; the example stands for it until a first mail is sent."""

    name: str
    label: str | Promise
    example: Value


@dataclass(frozen=True)
class Message:
    """Markdown with places, in French and in English. An agency may word it anew.

    `is_secret`: it carries a code or a personal link, which is only its recipient's to read.
    """

    key: str
    label: str | Promise
    variables: tuple[Variable, ...]
    subject: str
    body: str
    subject_en: str = ""
    body_en: str = ""
    is_secret: bool = False

    def __post_init__(self) -> None:
        for name in self.names:
            if not NAME.fullmatch(name):
                raise ValueError(f"{self.key}: {name} is not a name")
        for text in (self.subject, self.body, self.subject_en, self.body_en):
            check_wording(text, self.names)

    @property
    def names(self) -> list[str]:
        return [variable.name for variable in self.variables]

    @property
    def examples(self) -> dict[str, Value]:
        return {variable.name: variable.example for variable in self.variables}

    def values(self, given: Values) -> dict[str, Value]:
        """The values of exactly its variables, cleaned. Raises WrongVariables."""
        if set(given) != set(self.names):
            raise WrongVariables(f"{self.key}: {sorted(given)} instead of {sorted(self.names)}")
        return {name: _clean(given[name]) for name in self.names}


@cache
def known_messages() -> Mapping[str, Message]:
    """Every declared message by its key, in the order of the apps."""
    autodiscover_modules("messages")
    found: dict[str, Message] = {}
    for app in apps.get_app_configs():
        module = sys.modules.get(f"{app.name}.messages")
        for message in getattr(module, "MESSAGES", []):
            if message.key in found:
                raise ImproperlyConfigured(f"two messages are named {message.key}")
            found[message.key] = message
    return found


def _clean(value: Value) -> Value:
    if not isinstance(value, list):
        # A lazy translation, a number or a date already worded becomes its text here.
        return legible(str(value))
    return [
        {"words": legible(str(line["words"])), "address": legible(str(line["address"]))}
        for line in value
    ]
