"""The Gers beside the Ariège: eight telecentres, 34 places, a host name of its own."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import override_settings

from observatoire.domain.indicators import current_figures
from portail.demo.loading import OUR_APPS, Loaded, load_demo
from portail.demo.setting import Stage
from solos.models import Solo
from telecentres.models import Booking, Payment, Space, Telecentre
from territoires.models import Commune, DataVersion, Territory
from tests.portail.demo.reach import reachable

TOWNS = ["Auch", "Lectoure", "Lombez", "Mauvezin", "Mirande", "Montréal", "Nogaro", "Riscle"]
HOST, ARIEGE = "gers.localhost", "localhost"

Rows = dict[str, set[str]]


def all_rows() -> Rows:
    """Every row of ours as text, by table; the version of the map is meant to move."""
    tables = [
        model._meta.db_table
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model is not DataVersion
    ]
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT md5(row::text) FROM {table} AS row")
            rows[table] = {row for (row,) in cursor.fetchall()}
    return rows


@pytest.fixture(scope="module")
def ariege_alone(demo_database: Loaded, django_db_blocker) -> Rows:
    with django_db_blocker.unblock():
        return all_rows()


@pytest.fixture(scope="module")
def beside(ariege_alone: Rows, django_db_blocker) -> Loaded:
    """Loaded once into the copy of this module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        return load_demo(folder="gers", stage=Stage.TODAY, seed=9)


@pytest.fixture
def gers(beside: Loaded, db) -> Territory:
    return beside.territory


def test_gers_has_its_eight_telecentres_and_34_places(beside, gers):
    places = Telecentre.objects.in_territory(gers)

    assert sorted(places.values_list("commune__name", flat=True)) == TOWNS
    assert set(places.values_list("state", "takes_bookings", "programme__slug")) == {
        ("open", True, "soho-solo")
    }
    spaces = Space.objects.filter(telecentre__territory=gers)
    assert (spaces.count(), sum(spaces.values_list("capacity", flat=True))) == (34, 34)
    figures = {row.indicator.key: row.value for row in current_figures(gers)}
    assert (figures["telecentres_open"], figures["desks_offered"]) == (8, 34)
    assert figures["communes"] == beside.communes == 458
    assert (beside.telecentres, beside.desks) == (8, 34)


def test_gers_stands_at_its_communes_and_says_what_is_fictional(gers):
    places = Telecentre.objects.in_territory(gers)

    assert places.exclude(point=F("commune__centre"), point_precision="commune").count() == 0
    assert set(places.values_list("commune__department", flat=True)) == {"32"}
    for place in places:
        assert "fictifs, pour la démonstration" in place.source
        assert "de démonstration" in place.presentation
        assert "for demonstration only" in place.presentation_en


@pytest.mark.parametrize("path", ["/telecentres/", "/en/telecentres/", "/api/v1/telecentres/"])
def test_each_host_shows_its_own_places_alone(gers, client, path):
    names = {
        host: set(Telecentre.objects.filter(territory__slug=slug).values_list("name", flat=True))
        for host, slug in ((HOST, "gers"), (ARIEGE, "ariege"))
    }
    for host in (HOST, ARIEGE):
        page = client.get(path, headers={"host": host}).content.decode()
        # Names of French places, with spaces that do not break.
        shown = {name for some in names.values() for name in some if name in told(page)}
        assert shown == names[host]


def told(page: str) -> str:
    return page.replace("\u00a0", " ")


def test_page_of_a_place_is_found_under_its_own_host_alone(gers, client):
    place = Telecentre.objects.get(territory=gers, commune__name="Auch")
    path = f"/telecentres/{place.slug}/"

    assert client.get(path, headers={"host": HOST}).status_code == 200
    assert client.get(path, headers={"host": ARIEGE}).status_code == 404


def test_gers_is_used_for_nothing_and_by_its_own(gers):
    bookings = Booking.objects.in_territory(gers)

    assert bookings.count() > 1000
    assert bookings.exclude(price=0, vat_rate=None).count() == 0
    assert bookings.exclude(space__telecentre__territory=gers).count() == 0
    assert Payment.objects.filter(telecentre__territory=gers).count() == 0
    assert Solo.objects.in_territory(gers).count() == 0
    holders = set(bookings.values_list("holder", flat=True)) - {None}
    ariege = Booking.objects.exclude(territory=gers).values_list("holder", flat=True)
    assert holders & set(ariege) == set()


def test_gers_can_reach_nobody(gers):
    assert reachable() == []


def test_gers_changes_nothing_of_the_ariege(ariege_alone, gers):
    now = all_rows()

    assert {
        table: rows - now[table] for table, rows in ariege_alone.items() if rows - now[table]
    } == {}
    assert len(now["telecentres_telecentre"] - ariege_alone["telecentres_telecentre"]) == 8
    # Were one of its communes another, it would be seen.
    Commune.objects.filter(pk="09122").update(population=1)
    assert len(ariege_alone["territoires_commune"] - all_rows()["territoires_commune"]) == 1


def test_gers_again_changes_nothing(gers, settings):
    settings.DEMO = True
    before, out = all_rows(), StringIO()

    call_command("load_demo", territory="gers", stdout=out)

    assert out.getvalue() == "La démonstration est déjà chargée.\n"
    assert all_rows() == before
