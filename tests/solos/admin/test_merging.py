"""Two records side by side: made one, or told apart."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from registre.enums import JournalAct
from registre.models import JournalEntry
from solos.admin.merging import MergeForm
from solos.domain.merging import merge_solos
from solos.enums import PublicField, SoloState
from solos.models import FormerAddress, PossibleDouble, Solo
from tests.factories import (
    PictureFactory,
    PossibleDoubleFactory,
    SoloFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    UserFactory,
)

LIST = "/gestion/solos/possibledouble/"
NAME = {"first_name": "Ana", "last_name": "Ruiz", "commune": None, "trade": None}


@pytest.fixture
def pair(territory):
    first = SoloFactory(territory=territory, **NAME, skills=["bois"], phone="+33561000001")
    second = SoloFactory(territory=territory, **NAME, offers="Des meubles", takes_clients=True)
    return PossibleDoubleFactory(territory=territory, first=first, second=second)


def address(pair):
    return f"{LIST}{pair.pk}/change/"


def proposed(page):
    form = page.context["form"]
    return {name: field.initial for name, field in form.fields.items()}


def test_page_proposes_what_says_most(pair, officer_client):
    page = officer_client.get(address(pair))

    assert proposed(page) == {
        "keep": "first", "phone": "first", "skills": "first", "offers": "second",
        "takes_clients": "first",
    }  # fmt: skip
    assert page.context["reasons"] == "noms proches, communes voisines"
    read = JournalEntry.objects.filter(act=JournalAct.READ).values_list("model", "object_key")
    assert set(read) == {("solos.Solo", str(key)) for key in (pair.first_id, pair.second_id)}


@pytest.mark.parametrize(
    "given", [{"state": SoloState.PUBLISHED, "published_fields": ["name"]}, {"user": True}]
)
def test_record_seen_or_with_an_account_is_proposed_to_stay(given, pair):
    if "user" in given:
        given["user"] = UserFactory()
    Solo.objects.filter(pk=pair.second_id).update(**given)

    fresh = PossibleDouble.objects.get()
    assert MergeForm(pair=fresh).fields["keep"].initial == "second"


def test_values_are_said_in_words_with_what_is_public(territory):
    first = SoloFactory(
        territory=territory,
        **NAME,
        status="founder",
        published=True,
        offers="<b>",
        languages=["fr"],
    )
    second = SoloFactory(territory=territory, **NAME, takes_clients=True)
    photo = PictureFactory(territory=territory)
    Solo.objects.filter(pk=second.pk).update(photo=photo)
    form = MergeForm(pair=PossibleDoubleFactory(territory=territory, first=first, second=second))

    form = MergeForm(pair=PossibleDouble.objects.get())
    said = {
        name: [str(words) for _side, words in form.fields[name].choices] for name in form.differing
    }
    public = ' <span class="badge badge-ok">accord donné</span>'
    assert said["status"] == [f"créateur·rice d’entreprise{public}", "indépendant·e"]
    assert said["takes_clients"] == [f"non{public}", "oui"]
    assert said["offers"] == [f"&lt;b&gt;{public}", "–"]
    assert said["languages"] == [f"fr{public}", "–"]
    assert said["photo"][0] == f"–{public}"
    assert said["photo"][1] != "–"


def test_two_records_become_one(pair, officer, officer_client):
    sent = proposed(officer_client.get(address(pair))) | {"keep": "second", "skills": "first"}

    answer = officer_client.post(address(pair), sent)

    solo = Solo.objects.get()
    assert answer["Location"] == f"/gestion/solos/solo/{solo.pk}/change/"
    assert (solo.pk, solo.skills, solo.offers, solo.takes_clients) == (
        pair.second_id, ["bois"], "Des meubles", False,
    )  # fmt: skip
    assert FormerAddress.objects.get().merged_by == officer
    assert LogEntry.objects.get().object_id == str(solo.pk)
    assert PossibleDouble.objects.count() == 0


def test_incomplete_choice_merges_nothing(pair, officer_client):
    page = officer_client.post(address(pair), {"keep": "first"})

    assert sorted(page.context["form"].errors) == ["offers", "phone", "skills", "takes_clients"]
    assert Solo.objects.count() == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: [{"user": UserFactory()}, {"user": UserFactory()}],
         "Chacune de ces fiches a son compte : la personne doit d’abord en fermer un."),
        (lambda: [{"state": "withdrawn"}],
         "La fiche d’une personne retirée ne peut pas rester seule : gardez l’autre."),
        (lambda: [{"territory": TerritoryFactory()}],
         "Ces fiches sont de deux territoires : chacun garde la sienne."),
    ],
)  # fmt: skip
def test_refusal_is_said_and_changes_nothing(make, words, pair, officer_client):
    for key, given in zip((pair.first_id, pair.second_id), make(), strict=False):
        Solo.objects.filter(pk=key).update(**given)
    sent = proposed(officer_client.get(address(pair))) | {"keep": "first"}

    page = officer_client.post(address(pair), sent, follow=True)

    assert [str(message) for message in page.context["messages"]] == [words]
    assert Solo.objects.count() == 2


def test_records_merged_meanwhile_the_other_way_are_left_so(pair, officer_client, monkeypatch):
    sent = proposed(officer_client.get(address(pair))) | {"keep": "second"}

    def quicker(**given):
        merge_solos(kept=given["other"], other=given["kept"])
        return merge_solos(**given)

    monkeypatch.setattr("solos.admin.merging.merge_solos", quicker)
    answer = officer_client.post(address(pair), sent)

    assert answer["Location"] == LIST
    assert Solo.objects.get() == pair.first


def test_two_people_are_told_apart(pair, officer, officer_client):
    answer = officer_client.post(address(pair), {"_distinct": "1"})

    pair.refresh_from_db()
    assert (answer["Location"], pair.distinct_by) == (LIST, officer)
    assert Solo.objects.count() == 2


def test_several_pairs_are_told_apart_at_once(pair, officer, officer_client):
    officer_client.post(LIST, {"action": "tell_apart", "_selected_action": [pair.pk]})

    pair.refresh_from_db()
    assert pair.distinct_by == officer


def test_list_says_where_each_pair_stands(territory, pair, officer_client):
    PossibleDoubleFactory(territory=territory, distinct_at=datetime(2026, 1, 1, tzinfo=UTC))

    every = officer_client.get(LIST).content.decode()
    waiting = officer_client.get(LIST, {"a_traiter": "a-comparer"})

    assert (every.count("à comparer</span>"), every.count("deux personnes</span>")) == (1, 1)
    assert list(waiting.context["cl"].result_list) == [pair]


def test_pair_waits_on_the_first_page(territory, pair, officer_client):
    todos = officer_client.get("/gestion/").context["todos"]

    found = {str(line.words): (line.count, target) for line, target in todos}
    assert found["doublon possible"] == (
        1, f"{LIST}?territory__id__exact={territory.pk}&a_traiter=a-comparer",
    )  # fmt: skip


def test_pair_whose_record_moved_elsewhere_is_not_for_who_works_here(territory, pair):
    Solo.objects.filter(pk=pair.first_id).update(territory=TerritoryFactory())
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    assert client.get(address(pair)).status_code == 403


@pytest.mark.parametrize("key", ["abc", "0", "99999999999999999999"])
def test_pair_that_is_not_there(key, territory, officer_client):
    assert officer_client.get(f"{LIST}{key}/change/").status_code == 404


def test_page_costs_the_same_whatever_differs(territory, officer_client, django_assert_num_queries):
    bare = PossibleDoubleFactory(territory=territory)
    full = PossibleDoubleFactory(
        territory=territory,
        first=SoloFactory(territory=territory, published=True),
        second=SoloFactory(territory=territory, offers="x", seeks="y", skills=["z"]),
    )
    assert PublicField.NAME in full.first.published_fields

    for pair in (bare, full):
        with django_assert_num_queries(15):
            officer_client.get(address(pair))
