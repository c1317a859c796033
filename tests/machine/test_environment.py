"""Dotenv files: what is read, what wins, what is kept."""

import stat
from typing import Any

import environ
import pytest

from machine import environment
from machine.environment import Needs
from machine.refusals import RefusalError

DOTENV = """
# a comment
PLAIN=value
export EXPORTED=yes
SPACED = around
QUOTED="a # b"
SINGLE='it is'
REMARK=value # not this
URL=postgis://a:b%40c@127.0.0.1:5432/solos?sslmode=require
not an assignment
"""


def test_read_understands_what_the_settings_understand(places):
    apart: Any = type("Apart", (environ.Env,), {"ENVIRON": {}})
    places.dotenv.write_text(DOTENV, encoding="utf-8")
    apart.read_env(places.dotenv)
    assert environment.read(places.dotenv) == apart.ENVIRON
    assert list(apart.ENVIRON) == ["PLAIN", "EXPORTED", "QUOTED", "SINGLE", "REMARK", "URL"]


def test_read_of_a_missing_file_is_empty(places):
    assert environment.read(places.dotenv) == {}


def test_given_prefers_the_real_environment(places, monkeypatch):
    places.dotenv.write_text("PORT=8001\nHOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9000")
    assert environment.given(places, "PORT") == "9000"
    assert environment.given(places, "HOST") == "0.0.0.0"


def test_known_falls_back_on_what_the_machine_wrote(places):
    environment.remember(places, {"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert environment.given(places, "REDIS_URL") is None
    assert environment.known(places, "REDIS_URL") == "redis://127.0.0.1:1/0"


def test_remember_keeps_the_secret_key_and_hides_the_file(places):
    environment.remember(places, {"REDIS_URL": "one"})
    first = environment.read(places.env)
    environment.remember(places, {"REDIS_URL": "two"})
    second = environment.read(places.env)
    assert second == first | {"REDIS_URL": "two"}
    assert len(second["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(places.env.stat().st_mode) == 0o600
    assert [path.name for path in places.var.glob("env*")] == ["env"]


def test_needs_nothing_private_when_everything_is_given(places):
    places.dotenv.write_text(
        "DATABASE_URL=postgis://a@h/d\nDATABASE_OWNER_URL=postgis://o@h/d\nREDIS_URL=redis://h\n",
        encoding="utf-8",
    )
    assert Needs.of(places) == Needs(postgres=False, redis=False)


def test_needs_both_servers_by_default(places):
    assert Needs.of(places) == Needs(postgres=True, redis=True)


def test_needs_refuses_one_database_address_without_the_other(places, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgis://a@h/d")
    with pytest.raises(RefusalError, match=r"il manque DATABASE_OWNER_URL\.$"):
        Needs.of(places)
