import pytest

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import ByKey, ModelFlags, Person, Personal, Purpose, Retention

PURPOSE = Purpose("Essayer", People.SOLOS, LegalBasis.CONSENT, Retention("un jour"))
FIELD = Personal(PURPOSE, Audience.STAFF, Fate.BLANKED)
BY_AUTHOR = ByKey("author", "comptes.User", frozenset({"author"}))
BY_SOLO = ByKey("solo", "solos.Solo")


def flags(*links):
    return ModelFlags("solos.Note", personal={"text": FIELD, "author": FIELD}, links=links)


@pytest.mark.parametrize(
    ("links", "link", "fields"),
    [
        ((BY_SOLO, BY_AUTHOR), BY_SOLO, ["text"]),
        ((BY_SOLO, BY_AUTHOR), BY_AUTHOR, ["author"]),
        ((BY_SOLO,), BY_SOLO, ["text", "author"]),
    ],
)
def test_fields_of_a_link_are_those_that_no_other_claims(links, link, fields):
    assert flags(*links).fields_of(link) == fields


def test_person_is_known_by_labels_in_small_letters():
    person = Person(keys={"solos.solo": {3}})

    assert (person.keys_of("solos.Solo"), person.keys_of("comptes.User")) == ({3}, set())


@pytest.mark.parametrize(("neutral", "written"), [("–", "–"), (lambda row: f"n{row}", "n7")])
def test_neutral_value_may_depend_on_the_row(neutral, written):
    personal = Personal(PURPOSE, Audience.STAFF, Fate.REPLACED, neutral=neutral)

    assert personal.neutral_for(7) == written
