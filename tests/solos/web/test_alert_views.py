import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comptes.web.limits import MAIL_TO_ADDRESS
from courrier.models import OutgoingMail
from jetons.domain.links import issue_link
from solos.domain.alerts import PURPOSE, send_alerts
from solos.models import SavedSearch, StateChange
from solos.web.limits import ALERT_NETWORK
from tests.factories import SavedSearchFactory, SoloFactory, TerritoryFactory

PAGE = "/alertes/?q=laine&commune=09122"
GIVEN = {"email": "ana@exemple.fr", "sujet": ""}


def save(client, **changed):
    return client.post(PAGE, GIVEN | changed)


def link_to(alert, page: str) -> str:
    token = issue_link(purpose=PURPOSE, subject=f"alerte:{alert.pk}", lasts=timedelta(days=9))
    return f"/alertes/{token}/{page}/"


def heading(answer) -> str:
    return re.search(r"<h1>([^<]+)</h1>", answer.content.decode()).group(1)


@pytest.fixture
def alert(territory):
    return SavedSearchFactory(territory=territory, query="q=laine")


# ---- Save -------------------------------------------------------------------------------------
def test_directory_leads_to_the_alert_of_its_search_and_carries_no_form_token(territory, client):
    for query, address in (("", "/alertes/"), ("?q=a%26b&page=1", "/alertes/?q=a%26b")):
        page = client.get(f"/annuaire/{query}").content.decode()
        assert f'<a href="{address}" rel="nofollow">' in page
        assert "csrfmiddlewaretoken" not in page


def test_visitor_saves_confirms_is_told_and_stops_without_a_script(territory, client):
    page = client.get(PAGE).content.decode()
    assert "<strong>«\u00a0laine\u00a0», 09122</strong>" in page

    answer = save(client)
    assert (answer.status_code, answer.url) == (302, "/alertes/?envoye")
    assert heading(client.get(answer.url)) == "Regardez votre boîte de réception"

    asked = OutgoingMail.objects.get()
    confirm = re.search(r"/alertes/\S+/confirmer/", asked.text_body).group()
    assert heading(client.get(confirm)) == "Confirmer cette alerte\u00a0?"
    assert SavedSearch.objects.get().confirmed_at is None
    assert heading(client.post(confirm)) == "C’est noté"

    SavedSearch.objects.update(query="", new_since=date(2026, 1, 1))
    SoloFactory(territory=territory, published=True)
    StateChange.objects.update(changed_on=timezone.localdate() - timedelta(days=1))
    assert send_alerts() == 1
    news = OutgoingMail.objects.latest("pk")
    stop = re.search(r"/alertes/\S+/arreter/", news.text_body).group()
    shown = client.get(stop)
    assert heading(shown) == "Arrêter cette alerte\u00a0?"
    assert shown.content.decode().count("<button") == 1
    assert SavedSearch.objects.get().stopped_at is None
    assert heading(client.post(stop)) == "Cette alerte est arrêtée"
    assert SavedSearch.objects.get().stopped_at is not None


@pytest.mark.parametrize("known", ["nobody", "asked", "confirmed", "stopped"])
def test_answer_is_the_same_whatever_the_address(territory, client, known):
    if known != "nobody":
        SavedSearchFactory(
            territory=territory,
            email="ana@exemple.fr",
            query="q=laine&commune=09122",
            confirmed=known == "confirmed",
            stopped_at=timezone.now() if known == "stopped" else None,
        )

    answer = save(client)

    assert (answer.status_code, answer.url) == (302, "/alertes/?envoye")
    assert OutgoingMail.objects.get().message == "solos.alerte-a-confirmer"


def test_address_is_one_however_it_is_typed(territory, client):
    for email in ("ana@exemple.fr", " Ana@EXEMPLE.fr "):
        save(client, email=email)

    assert SavedSearch.objects.get().email == "ana@exemple.fr"


def test_same_form_sent_twice_writes_once(territory, client):
    for _turn in range(2):
        assert save(client, **{"clef-de-demande": "une-clef-de-page"}).status_code == 302

    assert OutgoingMail.objects.count() == 1


def test_trap_throws_the_request_away_and_says_nothing(territory, client):
    assert save(client, sujet="Référencement").url == "/alertes/?envoye"

    assert not OutgoingMail.objects.exists()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@exemple.fr\r\nBcc: b@c.fr", "a@" + ".".join(["é" * 30] * 7) + ".fr"]
)
def test_bad_address_is_shown_again(territory, client, email):
    answer = save(client, email=email)

    assert answer.status_code == 200
    assert "has-error" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_search_too_long_says_so(territory, client):
    answer = client.post(f"/alertes/?q={'🙂' * 60}", GIVEN)

    assert "Cette recherche est trop longue" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_network_asks_so_many_times(territory, client):
    for number in range(ALERT_NETWORK.most):
        assert save(client, email=f"a{number}@exemple.fr").status_code == 302

    assert save(client, email="autre@exemple.fr").status_code == 429
    assert OutgoingMail.objects.count() == ALERT_NETWORK.most


def test_many_networks_do_not_drown_a_mailbox(territory):
    answers = [
        save(Client(REMOTE_ADDR=f"198.51.100.{number}")).status_code
        for number in range(MAIL_TO_ADDRESS.most + 2)
    ]

    assert answers == [302] * MAIL_TO_ADDRESS.most + [429] * 2


# ---- Confirm, keep, stop ----------------------------------------------------------------------
def test_eleventh_alert_says_what_to_do(territory, client, alert):
    for number in range(10):
        SavedSearchFactory(
            territory=territory,
            email=alert.email,
            query=f"q={number}",
            confirmed=True,
            expires_on=date(2999, 1, 1),
        )

    assert heading(client.post(link_to(alert, "confirmer"))) == "Vous avez déjà dix alertes"


def test_confirmed_alert_is_kept_for_a_year_more(client, alert):
    link = link_to(alert, "confirmer")
    client.post(link)
    SavedSearch.objects.update(expires_on=timezone.localdate() + timedelta(days=3))

    assert heading(client.get(link)) == "Garder cette alerte un an de plus\u00a0?"
    assert heading(client.post(link)) == "C’est noté"
    left = SavedSearch.objects.get().expires_on - timezone.localdate()
    assert left.days in {365, 366}


def test_stopped_alert_says_so_and_offers_to_begin_again(client, alert):
    keep, stop = link_to(alert, "confirmer"), link_to(alert, "arreter")
    client.post(stop)

    for answer in (client.get(stop), client.get(keep), client.post(keep)):
        assert heading(answer) == "Cette alerte est arrêtée"
        assert 'href="/alertes/?q=laine"' in answer.content.decode()


@pytest.mark.parametrize("page", ["confirmer", "arreter"])
def test_link_forged_or_of_another_site_opens_nothing(territory, client, alert, page):
    away = SavedSearchFactory(territory=TerritoryFactory(host_name="gers.localhost"))
    gone = SavedSearchFactory(territory=territory)
    links = [f"/alertes/n-importe-quoi/{page}/", link_to(away, page), link_to(gone, page)]
    gone.delete()

    for link in links:
        for answer in (client.get(link), client.post(link)):
            assert (answer.status_code, heading(answer)) == (410, "Ce lien ne fonctionne plus")
    assert not SavedSearch.objects.exclude(confirmed_at=None, stopped_at=None).exists()


@pytest.mark.parametrize("page", ["confirmer", "arreter"])
def test_page_of_a_link_is_kept_nowhere(client, alert, page):
    answer = client.get(link_to(alert, page))

    assert answer["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex"' in answer.content.decode()


def test_link_without_form_token_changes_nothing(alert):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_to(alert, "arreter")).status_code == 403
    assert SavedSearch.objects.get().stopped_at is None
