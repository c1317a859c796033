import subprocess
import sys

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.checks import run_checks

from config.apps import check_whole_admin

STARTED = """
import django
django.setup()
from django.contrib import admin
print(len(admin.site._registry))
import config.urls
print(len(admin.site._registry))
"""


def test_the_admin_is_found_with_the_addresses_and_not_at_the_start(settings):
    started = subprocess.run(
        [sys.executable, "-c", STARTED], capture_output=True, text=True, check=True
    )

    assert list(map(int, started.stdout.split())) == [0, len(admin.site._registry)]


def test_the_whole_admin_is_checked(monkeypatch):
    options = admin.site._registry[get_user_model()]
    monkeypatch.setattr(options, "list_display", ["sentinelle"])

    assert [one.id for one in check_whole_admin(None)] == ["admin.E108"]
    assert "admin.E108" in [one.id for one in run_checks()]


@pytest.mark.parametrize("module", ["holidays", "openpyxl", "portail.web.views"])
def test_a_worker_starts_without_what_only_requests_need(module):
    started = f"import sys, config.wsgi; print({module!r} in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", started], capture_output=True, text=True, check=True
    )

    assert ended.stdout.split() == ["False"]
