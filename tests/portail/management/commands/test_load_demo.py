from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portail.demo.loading import Loaded
from portail.management.commands import load_demo
from solos.models import Solo
from territoires.models import Territory


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_load_demo_once_then_reset(db, settings, django_assert_num_queries):
    """In one test: a demo takes long to load."""
    settings.DEMO = True

    assert run("--stage=mi-parcours") == (
        "Ariège\u00a0: 325 communes, 78 solos recensés, dont 40 dans l’annuaire.\n"
    )
    with django_assert_num_queries(1):
        assert run() == "La démonstration est déjà chargée.\n"
    assert Solo.objects.count() == 78

    # A reset that fails removes nothing. Two years before the year 2 there is no calendar.
    with pytest.raises(ValueError, match="year 0"):
        run("--reset", "--on=0002-01-01")
    assert Solo.objects.count() == 78

    assert run("--stage=2007", "--reset") == (
        "Ariège\u00a0: 325 communes, 87 solos recensés, dont 47 dans l’annuaire.\n"
    )


@pytest.mark.parametrize("arguments", [(), ("--reset",), ("--reset", "--force")])
def test_load_demo_outside_a_demo_is_refused(territory, settings, arguments):
    settings.DEMO = False
    Territory.objects.update(slug="vraie")

    with pytest.raises(CommandError, match="n’est pas une démonstration"):
        run(*arguments)

    assert Territory.objects.count() == 1
    assert Solo.objects.count() == 0


def test_load_demo_forced_outside_a_demo_loads(db, settings, monkeypatch):
    settings.DEMO = False
    asked = []
    loaded = Loaded(Territory(name="Ariège"), communes=325, solos=78, in_directory=40)
    monkeypatch.setattr(load_demo, "load_demo", lambda **how: asked.append(how) or loaded)

    assert run("--force").startswith("Ariège")

    assert asked[0]["anyway"] is True


def test_load_demo_of_a_territory_under_its_own_name_says_where_it_is(db, settings, monkeypatch):
    settings.DEMO = True
    settings.SITE_URL = "http://localhost:8000"
    gers = Territory(name="Gers", slug="gers", host_name="gers.localhost")
    loaded = Loaded(gers, communes=458, solos=0, in_directory=0, telecentres=8, desks=34)
    monkeypatch.setattr(load_demo, "load_demo", lambda **how: loaded)

    assert run("--territory=gers") == (
        "Gers\u00a0: 458 communes, 8 télécentres, 34 postes.\n"
        "Son site\u00a0: http://gers.localhost:8000/\n"
    )


def test_load_demo_of_unknown_territory_is_refused(db, settings):
    settings.DEMO = True

    with pytest.raises(CommandError):
        run("--territory=atlantide")

    assert Territory.objects.count() == 0
