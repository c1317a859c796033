import pytest
from django.utils.translation import override

from solos.domain.asking import read_query
from solos.domain.search_words import SearchWords, say_search
from tests.factories import CommuneFactory, EpciFactory, SectorFactory, TradeFactory


@pytest.mark.parametrize(
    ("query", "french", "english"),
    [
        ("", "tout l’annuaire", "the whole directory"),
        ("q=graphiste", "«\u00a0graphiste\u00a0»", "“graphiste”"),
        (
            "secteur=numerique&metier=developpement-web",
            "Numérique, Développement web",
            "Digital, Web development",
        ),
        ("metier=essai", "Essai sans anglais", "Essai sans anglais"),
        ("commune=09122&rayon=20", "Foix, 20 km autour", "Foix, within 20 km"),
        ("rayon=20&intercommunalite=240900456", "Pays de Foix", "Pays de Foix"),
        (
            "statut=founder&langue=oc&competence=laine&nouveaux-clients=oui",
            "laine, créateur·rice d’entreprise, occitan, prend de nouveaux clients",
            "laine, business founder, Occitan, takes new clients",
        ),
        ("metier=inconnu&commune=99999", "inconnu, 99999", "inconnu, 99999"),
    ],
)
def test_search_is_said_with_names_in_both_languages(db, query, french, english):
    TradeFactory(), SectorFactory(), CommuneFactory(foix=True)
    TradeFactory(slug="essai", name="Essai sans anglais", name_en="")
    EpciFactory(siren="240900456", name="Pays de Foix")

    assert say_search(read_query(query)) == french
    with override("en"):
        assert say_search(read_query(query)) == english


@pytest.mark.parametrize("number", [1, 3])
def test_names_of_many_searches_are_read_at_once(db, django_assert_num_queries, number):
    trade, commune = TradeFactory(), CommuneFactory(foix=True)
    asked = [read_query(f"metier={trade.slug}&commune={commune.pk}&q={n}") for n in range(number)]

    with django_assert_num_queries(2):
        words = SearchWords(asked)
        assert [words.say(one)[-4:] for one in asked] == ["Foix"] * number
