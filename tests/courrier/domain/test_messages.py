import sys
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from courrier.domain.errors import UnknownPlace, WrongVariables
from courrier.domain.messages import Message, Variable, known_messages
from courrier.messages import DIGEST
from tests.courrier.examples import CASE, WELCOME


@pytest.fixture
def _fresh_list():
    known_messages.cache_clear()
    yield
    known_messages.cache_clear()


def test_known_messages_finds_those_of_the_apps():
    assert known_messages()[DIGEST.key] is DIGEST


@pytest.mark.usefixtures("_fresh_list")
def test_known_messages_refuses_two_of_one_name(monkeypatch):
    module = ModuleType("solos.messages")
    module.MESSAGES = [DIGEST]
    monkeypatch.setitem(sys.modules, "solos.messages", module)

    with pytest.raises(ImproperlyConfigured, match="two messages are named"):
        known_messages()


@pytest.mark.parametrize("field", ["subject", "body", "subject_en", "body_en"])
def test_message_with_an_unknown_place_stops_the_start(field):
    words = {"subject": "Objet", "body": "Texte"} | {field: "{{ inconnu }}"}

    with pytest.raises(UnknownPlace):
        Message(key="essai", label="Essai", variables=(), **words)


def test_message_names_its_variables_in_plain_letters():
    with pytest.raises(ValueError, match="prénom is not a name"):
        Message("essai", "Essai", (Variable("prénom", "Prénom", "Ana"),), "Objet", "Texte")


def test_values_are_cleaned_and_become_texts():
    given = {
        "prenom": gettext_lazy("Ana\x00"),
        "lien": 12,
        "nouvelles": [{"words": "a\u202eb", "address": gettext_lazy("/c")}],
    }

    assert WELCOME.values(given) == {
        "prenom": "Ana",
        "lien": "12",
        "nouvelles": [{"words": "ab", "address": "/c"}],
    }


@pytest.mark.parametrize(
    "given", [{}, CASE | {"autre": "x"}, {"prenom": "Bo", "lien": "x"}], ids=str
)
def test_values_are_exactly_those_declared(given):
    with pytest.raises(WrongVariables):
        WELCOME.values(given)


def test_examples_fill_every_place():
    assert WELCOME.values(WELCOME.examples) == WELCOME.examples
