import csv
from datetime import date

import pytest

from observatoire.domain.indicators import INDICATORS
from territoires.models import Funding, ProgrammePhase, SteeringMeeting
from tests.factories import (
    CommuneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SnapshotFactory,
    SoloFactory,
    TerritoryFactory,
)

LIST_QUERIES = 16
PAGE_QUERIES = 10
PROGRAMMES_QUERIES = 3


@pytest.mark.parametrize("number", [1, 3])
def test_observatory_costs_the_same_for_one_and_three(
    territory, client, django_assert_num_queries, number, time_machine
):
    time_machine.move_to("2026-06-15 12:00:00+00:00", tick=False)
    for month in range(1, number + 1):
        ProgrammeFactory(territories=[territory], lead=OrganisationFactory(territory=territory))
        SnapshotFactory(territory=territory, day=date(2026, month, 28), value=month)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/observatoire/").content.decode()

    assert page.count('class="card-link" href="/programmes/') == number


def test_observatory_counts_and_defines(territory, client):
    CommuneFactory(foix=True)
    SoloFactory.create_batch(2, territory=territory, published=True)
    SoloFactory(territory=TerritoryFactory(), published=True)

    page = client.get("/observatoire/").content.decode()

    assert '<p class="figure-value">2</p><p class="figure-label">Solos dans l’annuaire</p>' in page
    for indicator in INDICATORS.values():
        assert f"<dt>{indicator.label}</dt>" in page


def test_observatory_draws_what_moved_beside_its_table(territory, client, time_machine):
    time_machine.move_to("2026-06-15 12:00:00+00:00", tick=False)
    SnapshotFactory(territory=territory, day=date(2026, 4, 30), value=1_200)
    SnapshotFactory(territory=territory, day=date(2026, 5, 31), value=1_500)

    page = client.get("/observatoire/").content.decode()

    assert 'aria-label="De 1\xa0200 en avril 2026 à 1\xa0500 en mai 2026."' in page
    assert '<th scope="row">31 mai 2026</th><td class="number">1\xa0500</td>' in page
    assert 'd="M56.0 ' in page


def test_programme_tells_its_money_phases_and_results(territory, client):
    programme = ProgrammeFactory(
        territories=[territory],
        name="L’Ariège accueille",
        lead=OrganisationFactory(territory=territory, name="Agence"),
        starts_on=date(2004, 1, 1),
        ends_on=date(2007, 12, 31),
        budget=231_000,
        description="Un *récit*.",
        source="document public",
    )
    ProgrammePhase.objects.create(
        programme=programme, name="Bilan", starts_on=date(2006, 7, 1), ends_on=date(2007, 12, 31)
    )
    Funding.objects.create(
        programme=programme,
        organisation=OrganisationFactory(territory=territory, name="Conseil"),
        scheme="CTRE",
        amount=1_000,
    )
    SteeringMeeting.objects.create(
        programme=programme, held_on=date(2005, 1, 1), subject="Sentinelle"
    )

    page = client.get(f"/programmes/{programme.slug}/").content.decode()

    for shown in [
        "<h1>L’Ariège accueille</h1>", "231\xa0000\xa0€", "<em>récit</em>", "<h3>Bilan</h3>",
        "Conseil, 1\xa0000\xa0€", "CTRE", "document public", "31 décembre 2007", "Agence",
    ]:  # fmt: skip
        assert shown in page, shown
    assert "Sentinelle" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_programme_costs_the_same_whatever_its_funders(
    territory, client, django_assert_num_queries, number
):
    programme = ProgrammeFactory(
        territories=[territory], starts_on=date(2004, 1, 1), ends_on=date(2007, 12, 31)
    )
    for _each in range(number):
        Funding.objects.create(
            programme=programme, organisation=OrganisationFactory(territory=territory)
        )

    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(f"/programmes/{programme.slug}/").status_code == 200


def test_programme_of_another_territory_is_unknown(territory, client):
    programme = ProgrammeFactory(territories=[TerritoryFactory()])

    assert client.get(f"/programmes/{programme.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "columns"),
    [("2006-06-30", 3), ("", 2), ("hier", 2), ("2006-13-45", 2), ("9" * 1900, 2), ("20060630", 3)],
)
def test_programme_on_a_day(territory, client, asked, columns):
    programme = ProgrammeFactory(
        territories=[territory], starts_on=date(2004, 1, 1), ends_on=date(2007, 12, 31)
    )

    page = client.get(f"/programmes/{programme.slug}/?date={asked}").content.decode()

    assert page.count('<th scope="col"') == columns


def test_observatory_figures_are_taken_away(territory, client, time_machine):
    time_machine.move_to("2026-06-15 12:00:00+00:00", tick=False)
    CommuneFactory(foix=True)
    SoloFactory.create_batch(2, territory=territory, published=True)
    SnapshotFactory(territory=territory, day=date(2026, 4, 30), value=1_200)
    SnapshotFactory(territory=territory, day=date(2026, 5, 31), value=1_500)

    answer = client.get("/observatoire/chiffres.csv")

    assert answer["Content-Disposition"] == (
        'attachment; filename="observatoire-ariege-2026-06-15.csv"'
    )
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == [
        "Indicateur", "Jour", "Valeur", "Unité", "Année des données", "Définition", "Source",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:12]] == [str(one.label) for one in INDICATORS.values()]
    shown = ["Solos dans l’annuaire", "15/06/2026", "2", "personnes", ""]
    assert shown in [row[:5] for row in rows]
    assert [row[1:3] for row in rows[12:]] == [["30/04/2026", "1200"], ["31/05/2026", "1500"]]
    assert 'href="/observatoire/chiffres.csv"' in client.get("/observatoire/").text


def test_observatory_figure_that_nobody_knows_is_left_empty(territory, client):
    CommuneFactory(population=None)

    lines = client.get("/observatoire/chiffres.csv").text.splitlines()

    assert [line.split(";")[2] for line in lines if line.startswith("Habitants;")] == [""]


@pytest.mark.parametrize("number", [1, 3])
def test_programmes_are_listed(territory, client, django_assert_num_queries, number):
    for _each in range(number):
        ProgrammeFactory(territories=[territory], lead=OrganisationFactory(territory=territory))
    ProgrammeFactory(territories=[TerritoryFactory()])

    with django_assert_num_queries(PROGRAMMES_QUERIES):
        page = client.get("/programmes/").text

    assert page.count('class="card-link" href="/programmes/') == number


def test_programmes_without_any_lead_to_the_figures(territory, client):
    assert '<a class="button" href="/observatoire/">' in client.get("/programmes/").text
