import pytest

from portail.domain.errors import NotReadyToOpen
from portail.domain.setup import (
    check_opening,
    follow_loading,
    open_territory,
    start_territory,
    suggest_names,
)
from portail.models import Page
from territoires import tasks
from territoires.domain.errors import EmptyTerritory
from territoires.models import Department, Territory
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
)


@pytest.fixture(autouse=True)
def asked(monkeypatch) -> list[str]:
    codes: list[str] = []
    monkeypatch.setattr(tasks.load_department, "delay", codes.append)
    return codes


def departments(*codes: str) -> list[Department]:
    return list(Department.objects.filter(code__in=codes))


@pytest.fixture
def lot(db) -> Territory:
    return start_territory(departments=departments("46"), agency_name="Agence du Lot")


def checks(territory: Territory) -> dict[str, list[bool]]:
    """Step → whether each of its checks is met."""
    found: dict[str, list[bool]] = {}
    for check in check_opening(territory):
        found.setdefault(check.step, []).append(check.is_met)
    return found


def test_start_territory_is_named_hidden_and_asked_for(
    db, asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        territory = start_territory(departments=departments("46"), agency_name="Agence du Lot")

    assert (territory.name, territory.in_name, territory.slug) == ("Lot", "dans le Lot", "lot")
    assert (territory.agency_name, territory.is_public) == ("Agence du Lot", False)
    assert asked == ["46"]


def test_start_territory_twice_takes_other_names(lot):
    again = start_territory(departments=departments("46"), agency_name="Autre")
    third = start_territory(departments=departments("46"), agency_name="Autre")

    assert [(one.name, one.slug) for one in (again, third)] == [
        ("Lot (2)", "lot-2"),
        ("Lot (3)", "lot-3"),
    ]


def test_start_territory_without_department(db):
    with pytest.raises(EmptyTerritory):
        start_territory(departments=[], agency_name="Personne")


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (["09"], ("Ariège", "en Ariège")),
        (["61"], ("Orne", "dans l’Orne")),
        (["974"], ("La Réunion", "à La Réunion")),
        (["15", "46"], ("Cantal et Lot", "dans le Cantal et dans le Lot")),
        (
            ["12", "32", "46"],
            ("Aveyron, Gers et Lot", "en Aveyron, dans le Gers et dans le Lot"),
        ),
        (["04", "13", "31", "44", "64", "67"], ("Notre territoire", "sur notre territoire")),
    ],
)
def test_suggest_names(db, codes, names):
    assert suggest_names(departments(*codes)) == names


def test_suggest_names_of_a_department_without_locative(db):
    assert suggest_names([Department(code="99", name="Nouveau")])[1] == "dans Nouveau"


def test_follow_loading_counts_the_living_and_the_drawn(db, django_assert_num_queries):
    territory = TerritoryFactory()
    territory.departments.set(["32", "46"])
    CommuneContourFactory(commune=CommuneFactory(insee_code="46042", department_id="46"))
    CommuneFactory(insee_code="46043", department_id="46")
    CommuneFactory(insee_code="46044", department_id="46", ended_on="2020-01-01")

    with django_assert_num_queries(1):
        found = follow_loading(territory)

    assert [(one.department.code, one.communes, one.contours, one.is_done) for one in found] == [
        ("32", 0, 0, False),
        ("46", 2, 1, True),
    ]


def test_check_opening_of_a_territory_just_begun(lot, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = checks(lot)

    assert found == {
        "communes": [False],
        # No other site is public: visitors find this one without a host name.
        "site": [False, True],
        "accueil": [False, False],
        "equipe": [False],
    }


def test_check_opening_beside_another_site(territory, lot):
    assert checks(lot)["site"] == [False, False]

    lot.host_name = "lot.localhost"
    lot.contact_email = "contact@exemple.fr"
    assert checks(lot)["site"] == [True, True, True]

    lot.host_name = "lot.exemple.fr"
    assert checks(lot)["site"] == [True, True, False]


def test_check_opening_of_a_territory_that_is_ready(lot):
    CommuneFactory(insee_code="46042", department_id="46")
    lot.contact_email, lot.tagline, lot.languages = "contact@exemple.fr", "Venez", ["fr"]
    TerritoryGrantFactory(territory=lot)

    assert all(check.is_met for check in check_opening(lot))


def test_open_territory_publishes_its_first_pages_once(lot):
    CommuneFactory(insee_code="46042", department_id="46")
    lot.contact_email = "contact@exemple.fr"

    open_territory(territory=lot)
    open_territory(territory=lot)

    assert Territory.objects.get().is_public
    assert Page.objects.in_territory(lot).count() == 4


def test_open_territory_too_early_changes_nothing(lot):
    with pytest.raises(NotReadyToOpen) as refusal:
        open_territory(territory=lot)

    assert [check.step for check in refusal.value.missing] == ["communes", "site"]
    assert not Territory.objects.get().is_public
    assert Page.objects.count() == 0
