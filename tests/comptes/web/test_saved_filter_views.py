import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from comptes.domain.saved_filters import MOST_FILTERS
from comptes.models import SavedFilter
from tests.factories import SavedFilterFactory, TerritoryGrantFactory, UserFactory

SAVE = reverse("admin:saved-filter-save")
SOLOS = reverse("admin:solos_solo_changelist")
ASKED = {"model": "solos.solo", "name": "Foix", "query": "q=foix&p=2&_popup=1"}


def told(answer) -> tuple[int, str, list[str]]:
    words = [str(message).replace("\u00a0", " ") for message in get_messages(answer.wsgi_request)]
    return answer.status_code, answer["Location"], words


def kept() -> list[tuple[str, str, str]]:
    return list(SavedFilter.objects.values_list("model", "name", "query"))


@pytest.fixture
def own(officer) -> SavedFilter:
    return SavedFilterFactory(user=officer, name="Ax", query="q=ax")


# ---- Saving -----------------------------------------------------------------------------------
def test_filter_is_saved_from_its_list(territory, officer, officer_client):
    answer = officer_client.post(SAVE, ASKED | {"name": "  Foix   et alentours "})

    assert told(answer) == (
        302, f"{SOLOS}?q=foix", ["Le filtre « Foix et alentours » est enregistré."],
    )  # fmt: skip
    assert kept() == [("solos.solo", "Foix et alentours", "q=foix")]
    assert SavedFilter.objects.get().user == officer


@pytest.mark.parametrize(
    ("sent", "to", "words"),
    [
        ({"name": " "}, "?q=foix", "Nom du filtre : Ce champ est obligatoire."),
        (
            {"name": "a" * 61},
            "?q=foix",
            (
                "Nom du filtre : Assurez-vous que cette valeur comporte au plus 60 caractères "
                "(actuellement 61)."
            ),
        ),
        ({"query": "p=2"}, "", "Cherchez, filtrez ou triez d’abord : la liste est entière."),
        (
            {"query": "q=" + "a" * 1_000},
            "",
            "Ce filtre est trop long : retirez-en une partie.",
        ),
        (
            {"name": "Ax"},
            "?q=foix",
            "Vous avez déjà un filtre de ce nom dans cette liste : choisissez-en un autre.",
        ),
        (
            {"query": "inconnu=1"},
            "?e=1",
            "Cette liste ne connaît pas un des filtres de l’adresse : rien n’est enregistré.",
        ),
    ],
    ids=["no name", "long name", "whole list", "long query", "name taken", "unknown filter"],
)
def test_filter_refused_says_why_above_its_list(territory, officer_client, own, sent, to, words):
    answer = officer_client.post(SAVE, ASKED | sent)

    assert told(answer) == (302, f"{SOLOS}{to}", [words])
    assert kept() == [("solos.solo", "Ax", "q=ax")]


def test_list_that_is_full_says_what_to_do(territory, officer, officer_client):
    SavedFilterFactory.create_batch(MOST_FILTERS, user=officer)

    answer = officer_client.post(SAVE, ASKED)

    assert told(answer)[2] == [
        "Cette liste a déjà 20 filtres : supprimez-en un pour enregistrer celui-ci."
    ]
    assert SavedFilter.objects.count() == MOST_FILTERS


def test_filter_that_the_list_forbids_is_refused_as_by_the_list(territory, officer_client):
    asked = {"model": "comptes.user", "name": "Secrets", "query": "password__startswith=a"}

    assert officer_client.post(SAVE, asked).status_code == 400
    assert kept() == []


@pytest.mark.parametrize("model", ["", "solos", "parti.disparu", "solos.statechange", "é"])
def test_list_that_is_none_is_not_found(territory, officer_client, model):
    assert officer_client.post(SAVE, ASKED | {"model": model}).status_code == 404
    assert kept() == []


def test_list_that_one_may_not_read_is_not_found(territory):
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    assert client.post(SAVE, ASKED | {"model": "comptes.user"}).status_code == 404
    assert kept() == []
    assert client.post(SAVE, ASKED).status_code == 302
    assert kept() == [("solos.solo", "Foix", "q=foix")]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%F0%9F%98%80", "o=abc.1", "state__exact=%F0%9F%98%80", "id__exact=abc",
        "territory__id__exact=99999999999999999999", "pk__in=a,b", "=;&;=", "//ailleurs.example",
        "https://ailleurs.example/?q=1", "%0d%0aX: 1", "q=" + "%20" * 3_000,
    ],
)  # fmt: skip
def test_strange_query_leads_nowhere_else(territory, officer_client, query):
    answer = officer_client.post(SAVE, ASKED | {"query": query})

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SOLOS)
    assert officer_client.get(answer["Location"]).status_code in {200, 302}


# ---- Renaming, deleting -----------------------------------------------------------------------
def test_filter_is_renamed(territory, officer_client, own):
    answer = officer_client.post(
        reverse("admin:saved-filter-rename", args=[own.pk]), {"name": "Bas"}
    )

    assert told(answer) == (302, f"{SOLOS}?q=ax", ["Le filtre s’appelle maintenant « Bas »."])
    assert kept() == [("solos.solo", "Bas", "q=ax")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Nom du filtre : Ce champ est obligatoire."),
        (
            "Foix",
            "Vous avez déjà un filtre de ce nom dans cette liste : choisissez-en un autre.",
        ),
    ],
)
def test_name_refused_leaves_the_former(territory, officer, officer_client, own, name, words):
    SavedFilterFactory(user=officer, name="Foix")

    answer = officer_client.post(
        reverse("admin:saved-filter-rename", args=[own.pk]), {"name": name}
    )

    assert told(answer) == (302, f"{SOLOS}?q=ax", [words])
    own.refresh_from_db()
    assert own.name == "Ax"


def test_filter_is_deleted(territory, officer_client, own):
    answer = officer_client.post(reverse("admin:saved-filter-delete", args=[own.pk]))

    assert told(answer) == (302, f"{SOLOS}?q=ax", ["Le filtre « Ax » est supprimé."])
    assert kept() == []


def test_filter_of_a_list_that_is_closed_now_can_still_go(territory):
    user = TerritoryGrantFactory(territory=territory).user
    saved = SavedFilterFactory(user=user, model="comptes.user", name="Comptes")
    client = Client()
    client.force_login(user)

    answer = client.post(reverse("admin:saved-filter-delete", args=[saved.pk]))

    assert told(answer)[1] == "/gestion/"
    assert kept() == []


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_filter_of_another_is_as_one_that_never_was(territory, officer_client, act):
    theirs = SavedFilterFactory(name="Ax", query="q=ax")

    for key in (theirs.pk, theirs.pk + 1000):
        address = reverse(f"admin:saved-filter-{act}", args=[key])
        assert officer_client.post(address, {"name": "Pris"}).status_code == 404
    assert kept() == [("solos.solo", "Ax", "q=ax")]


# ---- Who, and how -----------------------------------------------------------------------------
@pytest.fixture
def addresses(own) -> list[str]:
    return [
        SAVE,
        *(reverse(f"admin:saved-filter-{act}", args=[own.pk]) for act in ("rename", "delete")),
    ]


def test_address_alone_changes_nothing(territory, officer_client, addresses):
    assert [officer_client.get(one).status_code for one in addresses] == [405] * 3
    assert len(kept()) == 1


def test_form_of_another_site_changes_nothing(territory, officer, addresses):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    assert [client.post(one, ASKED).status_code for one in addresses] == [403] * 3
    assert kept() == [("solos.solo", "Ax", "q=ax")]


def test_others_are_asked_to_sign_in(territory, addresses):
    member = Client()
    member.force_login(UserFactory())

    for client in (Client(), member):
        for one in addresses:
            answer = client.post(one, ASKED)
            assert (answer.status_code, answer["Location"]) == (302, f"/gestion/login/?next={one}")
    assert kept() == [("solos.solo", "Ax", "q=ax")]
