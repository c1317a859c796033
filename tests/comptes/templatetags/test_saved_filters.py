import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import SavedFilterFactory, TerritoryGrantFactory, VillageGrantFactory

SOLOS = reverse("admin:solos_solo_changelist")


def body(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def chips(page: str) -> list[tuple[str, str, bool]]:
    """Where each leads, its words, and whether it is the one shown."""
    found = re.findall(r'class="chip" href="([^"]*)"( aria-current="true")?>([^<]*)</a>', page)
    return [(href.replace("&amp;", "&"), words, bool(current)) for href, current, words in found]


@pytest.fixture
def two(officer):
    SavedFilterFactory(user=officer, name="Publiés à Foix", query="q=foix&state__exact=published")
    SavedFilterFactory(user=officer, name="Ax", query="q=ax")
    SavedFilterFactory(name="Celui d’une autre")


def test_list_shows_its_readers_filters_and_which_is_shown(territory, officer_client, two):
    page = body(officer_client, f"{SOLOS}?p=1&state__exact=published&q=foix")

    assert chips(page) == [
        ("?q=ax", "Ax", False),
        ("?q=foix&state__exact=published", "Publiés à Foix", True),
    ]
    assert "Renommer ou supprimer" in page
    assert "Enregistrer ce filtre" not in page


def test_list_offers_to_keep_what_it_shows(territory, officer_client, two):
    page = body(officer_client, f"{SOLOS}?q=tarascon&p=1")

    assert [current for _href, _words, current in chips(page)] == [False, False]
    assert '<input type="hidden" name="query" value="q=tarascon">' in page
    assert '<input type="hidden" name="model" value="solos.solo">' in page
    assert "Renommer ou supprimer" not in page


def test_whole_list_without_filter_says_nothing(territory, officer_client):
    assert "saved-filters" not in body(officer_client, f"{SOLOS}?p=1")


def test_window_to_choose_from_shows_no_filter(territory, officer_client, two):
    assert chips(body(officer_client, f"{SOLOS}?_popup=1&q=ax")) == []


@pytest.mark.parametrize(
    ("app", "model"),
    [
        ("solos", "solo"), ("comptes", "user"), ("courrier", "outgoingmail"),
        ("courrier", "mailtemplate"), ("registre", "journalentry"), ("territoires", "territory"),
        ("images", "picture"), ("observatoire", "snapshot"),
    ],
)  # fmt: skip
def test_every_kind_of_list_has_its_filters(territory, officer, officer_client, app, model):
    saved = SavedFilterFactory(user=officer, model=f"{app}.{model}", name="Trié", query="o=1")

    page = body(officer_client, reverse(f"admin:{app}_{model}_changelist", query={"o": "1"}))

    assert chips(page) == [("?o=1", "Trié", True)]
    assert reverse("admin:saved-filter-delete", args=[saved.pk]) in page


def test_filter_that_the_list_knows_no_more_leads_to_the_list(territory, officer_client, officer):
    SavedFilterFactory(user=officer, name="D’autrefois", query="disparu__exact=1")
    [(href, _words, _current)] = chips(body(officer_client, SOLOS))

    answer = officer_client.get(f"{SOLOS}{href}")

    assert (answer.status_code, answer["Location"]) == (302, f"{SOLOS}?e=1")
    assert officer_client.get(answer["Location"]).status_code == 200


def test_name_and_query_are_written_as_text(territory, officer, officer_client):
    SavedFilterFactory(user=officer, name="<b>&", query="q=%22%3E%3Cb%3E")

    page = body(officer_client, SOLOS)

    assert chips(page) == [("?q=%22%3E%3Cb%3E", "&lt;b&gt;&amp;", False)]


# ---- The first page ---------------------------------------------------------------------------
def test_home_gathers_filters_by_list(territory, officer, officer_client, two):
    SavedFilterFactory(user=officer, model="accueil.event", name="À venir", query="o=-2")
    SavedFilterFactory(user=officer, model="parti.disparu", name="D’une liste qui n’est plus")

    page = body(officer_client, reverse("admin:index"))

    assert chips(page) == [
        ("/gestion/accueil/event/?o=-2", "À venir", False),
        ("/gestion/solos/solo/?q=ax", "Ax", False),
        ("/gestion/solos/solo/?q=foix&state__exact=published", "Publiés à Foix", False),
    ]
    assert re.findall(r"<dt>(.*?)</dt>", page.partition("keys-columns")[0]) == [
        "Rendez-vous", "Solos",
    ]  # fmt: skip


def test_home_leaves_out_lists_that_are_closed_now(territory):
    grant = VillageGrantFactory()
    SavedFilterFactory(user=grant.user, model="comptes.user", name="Comptes")
    client = Client()
    client.force_login(grant.user)

    assert chips(body(client, reverse("admin:index"))) == []


def test_home_without_filter_says_how_to_keep_one(territory):
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    assert "Filtrez une liste, puis enregistrez ce filtre" in body(client, reverse("admin:index"))
