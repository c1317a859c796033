import pytest

from solos.domain.diffs import Names, Piece, Values, in_words, since_version
from tests.factories import CommuneFactory, SoloFactory, TradeFactory


def told(*values: Values):
    return [
        (
            str(change.label),
            [one.words for one in change.before],
            [one.words for one in change.after],
        )
        for change in in_words(values, Names(values))
    ]


@pytest.mark.parametrize(
    ("values", "label", "before", "after"),
    [
        (Values("offers", "", "Des cartes"), "ce que je propose", [], ["Des cartes"]),
        (Values("status", "founder", "seeking"), "statut",
         ["créateur·rice d’entreprise"], ["en recherche d’activité"]),
        (Values("takes_clients", False, True), "prend de nouveaux clients", ["non"], ["oui"]),
        (Values("languages", ["fr"], ["fr", "oc", "xx"]), "langues parlées",
         ["français"], ["français, occitan, xx"]),
        (Values("skills", ["carte"], []), "compétences", ["carte"], []),
        (Values("published_fields", ["name"], ["name", "phone"]), "champs publics",
         ["nom et", "prénom"], ["nom et", "prénom, téléphone"]),
        (Values("offers", "Des plans", "Des beaux plans"), "ce que je propose",
         ["Des", "plans"], ["Des", "beaux", "plans"]),
        (Values("phone", "", "+33561000000"), "téléphone", [], ["05 61 00 00 00"]),
        (Values("arrived_in", None, 2019), "année d’arrivée", [], ["2019"]),
        (Values("trade", 999, None), "métier", ["999"], []),
    ],
)  # fmt: skip
def test_in_words(db, values, label, before, after):
    assert told(values) == [(label, before, after)]


def test_in_words_names_trades_and_communes_in_two_queries(db, django_assert_num_queries):
    trades = [TradeFactory(name=f"Métier {n}", slug=f"metier-{n}") for n in range(3)]
    commune = CommuneFactory(foix=True)
    values = [Values("trade", trades[0].pk, trade.pk) for trade in trades[1:]]
    values.append(Values("commune", None, commune.pk))

    with django_assert_num_queries(2):
        changes = told(*values)

    assert [after for _label, _before, after in changes] == [
        ["Métier", "1"],
        ["Métier", "2"],
        [str(commune)],
    ]


def test_words_that_differ_are_marked(db):
    values = Values("offers", "Des plans de ville", "Des cartes de ville")

    change = in_words([values], Names([values]))[0]

    assert change.before == (
        Piece("Des"),
        Piece("plans", differs=True),
        Piece("de ville"),
    )
    assert change.after == (
        Piece("Des"),
        Piece("cartes", differs=True),
        Piece("de ville"),
    )


def test_long_texts_are_shown_whole(db):
    long = "mot " * 700

    change = in_words([Values("offers", long, "mot")], Names([]))[0]

    assert (change.before, change.after) == (
        (Piece(long, differs=True),),
        (Piece("mot", differs=True),),
    )


def test_since_version_keeps_what_differs(db):
    solo = SoloFactory(offers="Des plans", seeks="Un bureau")
    before = solo.history.latest()
    solo.offers = "Des cartes"

    assert since_version(solo, before, ["offers", "seeks"]) == [
        Values("offers", "Des plans", "Des cartes")
    ]
    assert since_version(solo, None, ["seeks"]) == [Values("seeks", None, "Un bureau")]
