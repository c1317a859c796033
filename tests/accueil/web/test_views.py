import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accueil.enums import EventKind, EventState
from tests.factories import (
    CommuneFactory,
    EventFactory,
    HostVillageFactory,
    TelecentreFactory,
    TerritoryFactory,
)

LIST_QUERIES = 5
PAGE_QUERIES = 3


def titles(page: str) -> list[str]:
    return re.findall(r'class="card-link" href="/(?:en/)?sessions/[^"]+/">([^<]+)<', page)


@pytest.mark.parametrize("number", [1, 3])
def test_sessions_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number
):
    for _each in range(number):
        village = HostVillageFactory(territory=territory)
        EventFactory(territory=territory, village=village)
        EventFactory(
            territory=territory, telecentre=TelecentreFactory(territory=territory), past=True
        )

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/sessions/").content.decode()

    assert len(titles(page)) == 2 * number


def test_sessions_upcoming_soonest_first_then_past(territory, client):
    now = timezone.now()
    EventFactory(territory=territory, title="Plus tard", starts_at=now + timedelta(days=60))
    EventFactory(territory=territory, title="Bientôt", state=EventState.CANCELLED)
    EventFactory(territory=territory, title="Passée", past=True)
    EventFactory(territory=territory, title="Brouillon", state=EventState.DRAFT)
    EventFactory(territory=TerritoryFactory(), title="Ailleurs")

    page = client.get("/sessions/").content.decode()

    assert titles(page) == ["Bientôt", "Plus tard", "Passée"]
    assert page.count("badge-no") == 1


def test_sessions_past_offer_no_place_and_months_are_named(territory, client):
    begins = datetime(2026, 6, 12, 9, tzinfo=UTC)
    EventFactory(
        territory=territory,
        capacity_households=8,
        starts_at=begins,
        ends_at=begins + timedelta(hours=8),
    )

    page = client.get("/sessions/").content.decode()

    assert "8 foyers" not in page
    assert '<span class="event-month">juin</span>' in page


def test_sessions_discoveries_before_other_events(territory, client):
    now = timezone.now()
    EventFactory(
        territory=territory, title="Jelly", kind=EventKind.JELLY, starts_at=now + timedelta(days=1)
    )
    EventFactory(territory=territory, title="Découverte", starts_at=now + timedelta(days=9))

    assert titles(client.get("/sessions/").content.decode()) == ["Découverte", "Jelly"]


def test_sessions_empty_says_what_to_do(territory, client):
    page = client.get("/sessions/").content.decode()

    assert titles(page) == []
    assert "Aucune date n’est encore fixée" in page


@pytest.mark.parametrize("page", ["abc", "-1", "1e9", "9" * 1900])
def test_sessions_absurd_page_falls_back(territory, client, page):
    EventFactory(territory=territory, past=True)

    assert len(titles(client.get(f"/sessions/?page={page}").content.decode())) == 1


def test_session_tells_when_and_where(territory, client):
    territory.contact_email = "agence@exemple.fr"
    territory.save()
    village = HostVillageFactory(
        territory=territory, commune=CommuneFactory(insee_code="09030", name="Auzat")
    )
    event = EventFactory(
        territory=territory,
        kind=EventKind.CLUB,
        title="Soirée",
        village=village,
        presentation="Venez *nombreux*.",
        capacity_households=6,
    )

    page = client.get(f"/sessions/{event.slug}/").content.decode()

    assert "<h1>Soirée</h1>" in page
    assert '<a href="/communes/09030/">Auzat</a>' in page
    assert "<em>nombreux</em>" in page
    assert "6 foyers" in page
    assert 'href="mailto:agence@exemple.fr?subject=Soir%C3%A9e">Écrire à l’équipe' in page


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({"state": EventState.CANCELLED}, "Ce rendez-vous n’aura pas lieu."),
        ({"past": True}, "Ce rendez-vous est passé."),
    ],
)
def test_session_not_to_come_says_so_and_invites_nobody(territory, client, traits, said):
    territory.contact_email = "agence@exemple.fr"
    territory.save()
    event = EventFactory(territory=territory, **traits)

    page = client.get(f"/sessions/{event.slug}/").content.decode()

    assert said in page
    assert "Vous voulez venir" not in page


def test_session_costs_two_queries(territory, client, django_assert_num_queries):
    event = EventFactory(territory=territory, village=HostVillageFactory(territory=territory))

    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(f"/sessions/{event.slug}/").status_code == 200


def test_session_out_of_reach_is_unknown(territory, client):
    draft = EventFactory(territory=territory, state=EventState.DRAFT)
    elsewhere = EventFactory(territory=TerritoryFactory())

    for slug in (draft.slug, elsewhere.slug, "inconnue"):
        assert client.get(f"/sessions/{slug}/").status_code == 404


def test_session_in_english_falls_back_on_french(territory, client):
    event = EventFactory(territory=territory, title="Session découverte", title_en="")

    page = client.get(f"/en/sessions/{event.slug}/").content.decode()

    assert '<h1><span lang="fr">Session découverte</span></h1>' in page
    assert "<title>Session découverte" in page
