from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    CommuneFactory,
    CountedSearchFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    TradeFactory,
)

LIST = reverse("admin:solos_countedsearch_changelist")
EXPORT = reverse("admin:solos_countedsearch_export")


@pytest.fixture
def searches(territory):
    TradeFactory(), CommuneFactory(foix=True)
    rows = [
        {"words": "graphiste", "asked": 40, "results": 3},
        {"words": "couvreur", "filters": "commune=09122", "asked": 12},
        {"words": "", "filters": "metier=developpement-web&statut=founder", "asked": 30},
        {"words": "rarissime", "asked": 2},
        {"words": "tuilier", "asked": 30, "month": date(2020, 1, 1)},
    ]
    return [CountedSearchFactory(territory=territory, **row) for row in rows]


def listed(client, **query):
    return [row.said for row in client.get(LIST, query).context["cl"].result_list]


WEB = "Développement web, créateur·rice d’entreprise"
ROOFER = "«\u00a0couvreur\u00a0», Foix"


def test_what_nobody_found_comes_first_and_rare_searches_do_not_come(searches, officer_client):
    expected = [WEB, "«\u00a0tuilier\u00a0»", ROOFER, "«\u00a0graphiste\u00a0»"]
    assert listed(officer_client) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"a_traiter": "sans-resultat"}, [WEB, ROOFER]),
        ({"resultat": "aucun"}, [WEB, "«\u00a0tuilier\u00a0»", ROOFER]),
        ({"resultat": "trouves"}, ["«\u00a0graphiste\u00a0»"]),
        ({"q": "couvreur"}, [ROOFER]),
        ({"q": "rarissime"}, []),
    ],
)
def test_list_is_filtered(searches, officer_client, query, expected):
    assert listed(officer_client, **query) == expected


def test_officer_sees_the_searches_of_their_territory_alone(searches, client):
    grant = TerritoryGrantFactory(territory=TerritoryFactory())
    client.force_login(grant.user)
    mine = CountedSearchFactory(territory=grant.territory, words="apiculteur")

    assert listed(client) == ["«\u00a0apiculteur\u00a0»"]
    answers = [
        client.get(reverse("admin:solos_countedsearch_change", args=[row.pk])).status_code
        for row in (mine, searches[0])
    ]
    assert answers == [200, 302]


def test_record_leads_to_the_search_on_the_site(searches, officer_client):
    page = officer_client.get(
        reverse("admin:solos_countedsearch_change", args=[searches[1].pk])
    ).content.decode()

    assert "/annuaire/?q=couvreur&amp;commune=09122" in page
    assert ROOFER in page


def test_export_says_the_same_and_costs_the_same(
    searches, officer_client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        answer = officer_client.post(EXPORT, {"format": "1"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert ROOFER in lines[3]
    assert "rarissime" not in answer.content.decode()
