from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portail.demo.accounts import PASSWORD, open_accounts, open_neighbour
from tests.factories import TerritoryFactory


def run() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_demo_accounts_prints_who_may_log_in_and_where(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setenv("PORT", "8123")
    open_accounts(TerritoryFactory(), {}, {})

    first, *lines = run().splitlines()
    assert PASSWORD in first
    assert [(line.split()[0], line.split()[-1]) for line in lines] == [
        ("administration@example.org", "http://localhost:8123/gestion/"),
        ("agence@example.org", "http://localhost:8123/gestion/"),
        ("pepiniere@example.org", "http://localhost:8123/gestion/"),
        ("village@example.org", "http://localhost:8123/gestion/"),
        ("solo@example.org", "http://localhost:8123/espace/"),
    ]


def test_demo_accounts_of_a_neighbour_are_tried_at_its_own_host_name(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setenv("PORT", "8123")
    open_neighbour(TerritoryFactory(slug="gers"))

    assert [(line.split()[0], line.split()[-1]) for line in run().splitlines()[1:]] == [
        ("administration@example.org", "http://localhost:8123/gestion/"),
        ("gers@example.org", "http://gers.localhost:8123/gestion/"),
    ]


def test_demo_accounts_outside_a_demo_is_refused(db, settings):
    settings.DEMO = False
    open_accounts(TerritoryFactory(), {}, {})

    with pytest.raises(CommandError):
        run()
