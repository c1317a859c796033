"""What opens a door is written in no log: passwords, codes, links, sessions, second factors."""

import logging
import re

import pytest
import sentry_sdk
from django.test import Client
from django.urls import reverse
from sentry_sdk.transport import Transport
from sentry_sdk.utils import event_from_exception

from comptes.domain.invitations import invite
from config import logs as guard
from courrier.models import OutgoingMail
from tests.comptes.web.test_urls_sign_in import totp
from tests.factories import TelecentreGrantFactory, UserFactory
from tests.factories.comptes import SECRET

GOOD, BAD, NEW = "une longue phrase de passe", "un-mot-de-passe-raté", "une toute autre phrase ici"


def mailed(pattern: str) -> str:
    text = OutgoingMail.objects.latest("pk").text_body.replace("*", "")
    return re.search(pattern, text, re.MULTILINE)[1]


def come_in() -> list[str]:
    """By every door, well and badly; returns what was used to open them."""
    code = r"^([A-Z0-9-]{6,12})$"
    used = [GOOD, BAD, NEW, SECRET, totp()]
    client = Client()
    client.post("/compte/connexion/", {"login": "bo@exemple.fr", "password": GOOD})
    client.post("/compte/connexion/second-facteur/", {"code": used[-1]})
    client = Client()
    for password in (BAD, GOOD):
        client.post("/compte/connexion/", {"login": "ana@exemple.fr", "password": password})
    client.post("/compte/adresse/", {"email": "nouvelle@exemple.fr"})
    change = mailed(r"https?://[^/\s]+(/compte/adresse/\S+/)")
    used += [client.cookies["sessionid"].value, change.split("/")[-2]]
    client.get(change)
    for way, page in (("connexion/code", "saisie"), ("mot-de-passe/oublie", "code")):
        client = Client()
        client.post(f"/compte/{way}/", {"email": "ana@exemple.fr"})
        used.append(mailed(code))
        for typed in ("AAA-BBB", used[-1]):
            client.post(f"/compte/{way}/{page}/", {"code": typed})
    client.post("/compte/mot-de-passe/oublie/nouveau/", {"password1": NEW, "password2": NEW})
    _user, token = invite(email="bea@exemple.fr", first_name="Béa", is_staff=True)
    used.append(token)
    invited(token)
    return used


def invited(token: str) -> None:
    """A link is opened, then its form comes back without its token: Django itself says where."""
    page = reverse("invitation", args=[token])
    Client().get(page)
    assert Client(enforce_csrf_checks=True).post(page, {"password": GOOD}).status_code == 403


@pytest.fixture
def doors(territory):
    UserFactory(email="ana@exemple.fr")
    UserFactory(email="bo@exemple.fr", second_factor=True)


def test_logs_hold_no_secret(doors, logs):
    used = come_in()

    assert len(set(used)) == 10
    assert logs().count("/compte/invitation/…/") == 3
    assert [secret for secret in used if secret in logs()] == []
    assert "exemple.fr" not in logs()


def test_link_would_be_written(doors, logs, monkeypatch):
    """Control: without the guard, the lines of ours and one of Django's hold the link."""
    monkeypatch.setattr(guard, "TOKEN", re.compile("nothing like it"))
    _user, token = invite(email="bea@exemple.fr", first_name="Béa", is_staff=True)

    invited(token)

    assert logs().count(token) == 3


@pytest.mark.parametrize("sign", [":", "%3A", "%3a"])
def test_trace_of_an_error_holds_no_link(sign):
    """Neither in a path nor, encoded, in a query."""
    event = {"exception": f"at /compte/invitation/{'a' * 32}{sign}{'b' * 43}/", "status": 500}

    assert guard.hide_tokens(None, "error", event) == {
        "exception": "at /compte/invitation/…/",
        "status": 500,
    }


# ---- What leaves for an error tracker ---------------------------------------------------------
class Kept(Transport):
    """Sends nothing: keeps what would have left."""

    events: list[dict] = []

    def capture_envelope(self, envelope):
        self.events.append(envelope.get_event())


def failure(name: str, link: str, client: sentry_sdk.Client):
    """An error with `name` in its variables; the lines around it are sent too."""
    try:
        raise ValueError(f"/ma-fiche/{link}/")
    except ValueError as error:
        return event_from_exception(error, client_options=client.options)


def told_to_the_tracker(**options) -> str:
    """What a search by name on a page that a personal link opened would send."""
    Kept.events = []
    client = sentry_sdk.Client(
        dsn="https://key@tracker.example/1",
        transport=Kept,
        default_integrations=False,
        auto_enabling_integrations=False,
        **options,
    )
    link = f"{'a' * 32}:{'b' * 43}"
    event, hint = failure("sentinelle-nom", link, client)
    event["request"] = {"url": f"https://x/ma-fiche/{link}/", "query_string": "q=sentinelle"}
    client.capture_event(event, hint, scope=sentry_sdk.Scope())
    client.close()
    return repr(Kept.events)


def test_tracker_is_told_neither_links_nor_names():
    told = told_to_the_tracker(**guard.DISCREET)

    assert "/ma-fiche/…/" in told
    assert "ValueError" in told
    assert [kept for kept in ("aaaa", "sentinelle", "query_string") if kept in told] == []


def test_tracker_would_be_told_them():
    """Control: by the library's own habits."""
    told = told_to_the_tracker()

    assert [kept for kept in ("aaaa", "sentinelle", "query_string") if kept not in told] == []


def test_breadcrumbs_and_odd_values_are_stripped_too():
    crumb = {"data": {"urls": (f"/x/{'a' * 32}:{'b' * 43}/", 3)}, "request": "GET"}

    assert guard.strip_event(crumb, None) == {"data": {"urls": ["/x/…/", 3]}, "request": "GET"}


def test_page_refused_is_one_line_of_the_log(client, territory, caplog):
    client.force_login(TelecentreGrantFactory().user)

    assert client.get("/gestion/observatoire/snapshot/").status_code == 403

    (record,) = [one for one in caplog.records if one.name == "django.request"]
    words = "Forbidden (Permission denied): /gestion/observatoire/snapshot/"
    assert (record.getMessage(), record.exc_info) == (words, None)


def test_failure_keeps_its_trace():
    failed = (ValueError, ValueError("cassé"), None)
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "", None, failed)

    assert guard.RefusalsInOneLine().filter(record)
    assert record.exc_info == failed
