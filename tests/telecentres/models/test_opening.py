from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from telecentres.models import ExceptionalHours, OpeningHours, Season
from tests.factories import (
    ExceptionalHoursFactory,
    OpeningHoursFactory,
    SeasonFactory,
    TelecentreFactory,
)

JULY, AUGUST = date(2027, 7, 1), date(2027, 8, 31)
TWO_HOURS = (
    "Donnez les deux heures, la fermeture après l’ouverture\N{NO-BREAK SPACE}; ou aucune, pour"
    " un jour fermé."
)


@pytest.fixture
def place(db):
    return TelecentreFactory()


def refused(row: models.Model) -> list[str]:
    """What a form says of the row; the database refuses it as well."""
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert set(caught.value.message_dict) == {"__all__"}
    return caught.value.messages


def accepted(row: models.Model) -> None:
    row.full_clean()
    row.save()


# ---- Seasons --------------------------------------------------------------------------------
def season(place, starts_on: date, ends_on: date) -> Season:
    return SeasonFactory.build(telecentre=place, starts_on=starts_on, ends_on=ends_on)


def test_season_that_ends_before_it_starts_is_refused(place):
    assert refused(season(place, AUGUST, JULY)) == ["La saison finit après avoir commencé."]
    assert Season.objects.count() == 0


def test_season_of_one_day_passes(place):
    accepted(season(place, JULY, JULY))

    assert Season.objects.get().ends_on == JULY


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(2027, 6, 1), JULY), (AUGUST, date(2027, 9, 30)), (date(2027, 7, 14), date(2027, 7, 14))],
)
def test_season_that_shares_a_day_with_another_is_refused(place, starts_on, ends_on):
    summer = SeasonFactory(telecentre=place)

    told = refused(season(place, starts_on, ends_on))

    assert told == ["Une autre saison couvre déjà un de ces jours."]
    assert list(Season.objects.all()) == [summer]


def test_season_beside_another_or_elsewhere_passes(place):
    SeasonFactory(telecentre=place)

    accepted(season(place, date(2027, 6, 1), date(2027, 6, 30)))
    accepted(season(place, date(2027, 9, 1), date(2027, 9, 30)))
    accepted(season(TelecentreFactory(), JULY, AUGUST))

    assert Season.objects.count() == 4


def test_season_is_called_by_its_name():
    assert str(Season(name="Été 2027")) == "Été 2027"


# ---- The week -------------------------------------------------------------------------------
@pytest.mark.parametrize("closes_at", [time(9), time(8)])
def test_opening_hours_backwards_are_refused(place, closes_at):
    row = OpeningHoursFactory.build(telecentre=place, closes_at=closes_at)

    assert refused(row) == ["L’heure de fermeture suit l’heure d’ouverture."]
    assert OpeningHours.objects.count() == 0


@pytest.mark.parametrize("weekday", [0, 8])
def test_opening_hours_of_no_weekday_are_refused(place, weekday):
    row = OpeningHoursFactory.build(telecentre=place, weekday=weekday)

    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()

    assert caught.value.message_dict == {
        "weekday": [
            f"La valeur «\N{NO-BREAK SPACE}{weekday}\N{NO-BREAK SPACE}» n’est pas un choix valide."
        ],
    }
    assert OpeningHours.objects.count() == 0


def test_opening_hours_go_with_their_season(place):
    summer = SeasonFactory(telecentre=place)
    usual = OpeningHoursFactory(telecentre=place)
    OpeningHoursFactory(telecentre=place, season=summer)

    summer.delete()

    assert list(OpeningHours.objects.all()) == [usual]


# ---- Days apart -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [(time(9), None), (None, time(9)), (time(9), time(9)), (time(9), time(8))],
    ids=["no closing", "no opening", "no length", "backwards"],
)
def test_day_apart_with_hours_that_are_no_range_is_refused(place, opens_at, closes_at):
    row = ExceptionalHoursFactory.build(telecentre=place, opens_at=opens_at, closes_at=closes_at)

    assert refused(row) == [TWO_HOURS]
    assert ExceptionalHours.objects.count() == 0


@pytest.mark.parametrize("opens_at", [None, time(9)])
def test_day_apart_said_twice_is_refused(place, opens_at):
    closes_at = opens_at and time(12)
    hours = {"telecentre": place, "opens_at": opens_at, "closes_at": closes_at}
    said = ExceptionalHoursFactory(**hours)

    assert refused(ExceptionalHoursFactory.build(**hours)) == ["Ce jour a déjà cette plage."]
    assert list(ExceptionalHours.objects.all()) == [said]


def test_day_apart_of_two_ranges_passes_and_elsewhere_too(place):
    for opens in (9, 14):
        row = {"opens_at": time(opens), "closes_at": time(opens + 2)}
        accepted(ExceptionalHoursFactory.build(telecentre=place, **row))
        accepted(ExceptionalHoursFactory.build(telecentre=TelecentreFactory(), **row))

    assert ExceptionalHours.objects.count() == 4


def test_day_apart_is_called_by_its_day_and_hours():
    day = date(2027, 3, 1)
    opened = ExceptionalHours(day=day, opens_at=time(9), closes_at=time(12, 30))

    assert str(opened) == "01/03/2027 09:00–12:30"
    assert str(ExceptionalHours(day=day)) == "01/03/2027 – fermé"
