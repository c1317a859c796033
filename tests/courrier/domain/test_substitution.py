import pytest

from courrier.domain.errors import UnknownPlace
from courrier.domain.substitution import check_wording, fill_line, in_words, legible, one_line

HOSTILE = [
    "{{ x.__class__ }}",
    "{{ prenom.__class__ }}",
    "{{ prenom|safe }}",
    "{{ prenom[0] }}",
    "{{ autre }}",
    "{{ Prenom }}",
    "{{ prénom }}",
    "{{}}",
    "{{ {{ prenom }} }}",
    "{% include 'a.html' %}",
    "{% load x %}",
    "{# caché #}",
    "{{ prenom",
    "prenom }}",
    "{%",
    "{{\nprenom }}",
]


@pytest.mark.parametrize("text", ["", "Bonjour", "{{ prenom }}", "{{prenom}} {a}", "100 %"])
def test_check_wording_lets_names_through(text):
    check_wording(text, ["prenom"])


@pytest.mark.parametrize("text", HOSTILE)
def test_check_wording_refuses_all_else_and_says_what_may_be_written(text):
    with pytest.raises(UnknownPlace) as refusal:
        check_wording(f"Bonjour {text} !", ["prenom", "lien"])

    assert refusal.value.allowed == ["lien", "prenom"]
    assert refusal.value.place in text


def test_unknown_place_says_so_when_nothing_may_be_written():
    with pytest.raises(UnknownPlace, match="only nothing may be filled in"):
        check_wording("{{ prenom }}", [])


def test_wording_of_a_template_language_would_have_been_read():
    """Control: what is refused here is what str.format and Django's engine would obey."""
    from django.template import engines

    assert engines["django"].from_string("{{ x.upper }}").render({"x": "secret"}) == "SECRET"
    assert f"{(1).__class__}" == "<class 'int'>"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ana\x00", "Ana"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("un\r\ndeux\rtrois\x85quatre\u2028cinq\x0bsix", "un\ndeux\ntrois\nquatre\ncinq\nsix"),
        ("\x1b[31mrouge\x7f", "[31mrouge"),
        ("\ud800x", "x"),
        ("Zoé 👩‍🌾\tœuf", "Zoé 👩‍🌾\tœuf"),
    ],
)
def test_legible_keeps_what_is_seen(text, kept):
    assert legible(text) == kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_one_line_folds_every_end_of_line(end):
    assert one_line(f"Bienvenue{end}Bcc: tous@example.org") == "Bienvenue Bcc: tous@example.org"


def test_one_line_keeps_the_spaces_of_typography():
    assert one_line("  Bonjour\u00a0!  Ça\tva\u202f? ") == "Bonjour\u00a0! Ça va\u202f?"


def test_fill_line_puts_values_in_and_folds_them():
    values = {"prenom": "Ana\r\nBcc: tous@example.org", "liste": [{"words": "a", "address": ""}]}

    assert fill_line("{{ prenom }} : {{liste}}", values) == "Ana Bcc: tous@example.org : a"


def test_fill_line_never_reads_a_value_again():
    values = {"prenom": "{{ code }}", "code": "123"}

    assert fill_line("{{ prenom }}", values) == "{{ code }}"


def test_in_words_tells_a_list_with_commas():
    assert in_words("seul") == "seul"
    assert in_words([{"words": "un", "address": "x"}, {"words": "deux", "address": ""}]) == (
        "un, deux"
    )
