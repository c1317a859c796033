"""A worker that starts: until Django is ready, and what it then holds in memory.

Each start is a new Python. The limit is a site of Django's and DRF's own applications, without a
line of ours. A worker of the site reads the addresses too, once for all: the second table.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median

from django.conf import settings

from bench.measuring import Goal, Race, Scale, Way

TITLE = "Démarrage d’un processus du site"
ROUNDS = 7

OURS = "from config.wsgi import application"
BARE = """
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="nue",
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
        "django.contrib.gis", "rest_framework",
    ],
    DATABASES={"default": {"ENGINE": "django.contrib.gis.db.backends.postgis"}},
    GDAL_LIBRARY_PATH=os.environ["GDAL"],
    GEOS_LIBRARY_PATH=os.environ["GEOS"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    ROOT_URLCONF="__main__",
)
django.setup()

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework import routers, serializers, viewsets


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["username"]


class Users(viewsets.ModelViewSet):
    queryset = User.objects.all()
    serializer_class = UserSerializer


router = routers.DefaultRouter()
router.register("users", Users)
application = get_wsgi_application()
urlpatterns = [path("admin/", admin.site.urls), *router.urls]
"""
ADDRESSES = "\nfrom django.urls import get_resolver\nget_resolver().url_patterns"
# Of this program alone: what `resource` tells is at least what its parent held.
HELD = "\nprint(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"


def races(_scale: Scale) -> Iterator[Race]:
    yield _race("Django prêt", "", Goal(within=1.5))
    yield _race("Django prêt, et les adresses lues", ADDRESSES, Goal())


def _race(title: str, until: str, goal: Goal) -> Race:
    ours, bare = OURS + until + HELD, BARE + until + HELD
    held = [median(_start(code) for _turn in range(3)) for code in (ours, bare)]
    verdict = f" ; ≤ {goal.within:g} × : {_verdict(held, goal.within)}" if goal.within else ""
    return Race(
        title,
        [
            Way("le nôtre", partial(_start, ours)),
            Way("Django et DRF nus (limite)", partial(_start, bare), goal=goal),
        ],
        rounds=ROUNDS,
        note=f"mémoire : {held[0]:.0f} Mo, {held[0] / held[1]:.2f} × la limite{verdict}",
    )


def _verdict(held: list[float], within: float) -> str:
    return "tenu" if held[0] <= within * held[1] else "MANQUÉ"


def _start(code: str) -> float:
    """The megabytes that it held at most."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import os\n{code}"],
        env=os.environ | {"GDAL": _library("GDAL"), "GEOS": _library("GEOS")},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ended.stdout.split()[-1]) / 1024


def _library(name: str) -> str:
    return str(getattr(settings, f"{name}_LIBRARY_PATH"))
