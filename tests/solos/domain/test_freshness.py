from datetime import date, timedelta

import pytest
import time_machine

from courrier.models import OutgoingMail
from solos.domain.freshness import chase_silent, confirm_profile, last_verified
from solos.domain.own_profile import save_profile
from solos.domain.publication import hide_solo, publish_solo, withdraw_consent
from solos.enums import PublicField, ReviewStep, SoloState
from solos.models import DirectorySettings, Solo
from tests.factories import SoloFactory, TerritoryFactory

VERIFIED = date(2025, 3, 10)
DUE = date(2026, 3, 10)


@pytest.fixture
def solo(territory):
    solo = SoloFactory(territory=territory, email="camille@exemple.fr", published=True)
    return confirm_profile(solo=solo, on=VERIFIED)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def now(solo) -> tuple[SoloState, ReviewStep]:
    solo = Solo.objects.get(pk=solo.pk)
    return SoloState(solo.state), ReviewStep(solo.review_step)


def subjects() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def test_silence_goes_its_way_step_by_step_to_the_archive(solo):
    steps = [
        (-1, SoloState.PUBLISHED, ReviewStep.FRESH),
        (0, SoloState.PUBLISHED, ReviewStep.ASKED),
        (29, SoloState.PUBLISHED, ReviewStep.ASKED),
        (30, SoloState.PUBLISHED, ReviewStep.ASKED_AGAIN),
        (60, SoloState.PUBLISHED, ReviewStep.FADED),
        (89, SoloState.PUBLISHED, ReviewStep.FADED),
        (90, SoloState.HIDDEN, ReviewStep.HIDDEN),
        (269, SoloState.HIDDEN, ReviewStep.HIDDEN),
        (270, SoloState.HIDDEN, ReviewStep.WARNED),
        (300, SoloState.ARCHIVED, ReviewStep.ARCHIVED),
        (900, SoloState.ARCHIVED, ReviewStep.ARCHIVED),
    ]
    for days, state, step in steps:
        chase_silent(after(days))
        assert now(solo) == (state, step), days

    assert subjects() == [
        "Votre fiche est-elle toujours juste ?",
        "Votre fiche est-elle toujours juste ?",
        "Votre fiche est signalée comme ancienne",
        "Votre fiche a quitté l’annuaire",
        "Votre fiche sera archivée dans un mois",
        "Votre fiche est archivée",
    ]
    last = solo.state_changes.order_by("pk").last()
    assert (last.state, last.changed_on) == (SoloState.ARCHIVED, after(300))


def test_scheduler_stopped_for_years_skips_no_warning(solo):
    assert [chase_silent(after(1000)), chase_silent(after(1000))] == [1, 0]

    assert now(solo) == (SoloState.PUBLISHED, ReviewStep.ASKED)


@pytest.mark.parametrize("days", [0, 30, 60, 90, 270, 300])
def test_one_click_puts_all_right_again_whatever_the_step(solo, days):
    for step in (0, 30, 60, 90, 270, 300):
        if step <= days:
            chase_silent(after(step))

    confirm_profile(solo=solo, on=after(days + 1))

    assert now(solo) == (SoloState.PUBLISHED, ReviewStep.FRESH)
    solo.refresh_from_db()
    assert (solo.verified_on, solo.review_step_on) == (after(days + 1), None)
    assert chase_silent(after(days + 2)) == 0


def test_who_hid_their_profile_is_neither_asked_nor_shown_again(solo):
    hide_solo(solo=solo)

    assert chase_silent(after(1)) == 0
    confirm_profile(solo=solo)
    assert now(solo) == (SoloState.HIDDEN, ReviewStep.FRESH)


def test_who_left_by_silence_and_took_their_name_back_stays_out(solo):
    for days in (0, 30, 60, 90):
        chase_silent(after(days))
    withdraw_consent(solo=solo, use="page", fields=[PublicField.NAME])

    confirm_profile(solo=solo)

    assert now(solo) == (SoloState.HIDDEN, ReviewStep.FRESH)


def test_who_has_no_address_is_left_in_peace(solo):
    Solo.objects.update(email="")

    assert chase_silent(after(5)) == 0


def test_each_territory_has_its_rhythm(solo):
    elsewhere = TerritoryFactory()
    DirectorySettings.objects.create(territory=elsewhere, review_months=6)
    often = SoloFactory(territory=elsewhere, email="b@exemple.fr", published=True)
    confirm_profile(solo=often, on=VERIFIED)

    assert last_verified(elsewhere, date(2025, 9, 10)) == VERIFIED
    assert chase_silent(date(2025, 9, 10)) == 1
    assert now(often)[1] == ReviewStep.ASKED
    assert now(solo)[1] == ReviewStep.FRESH


@time_machine.travel("2026-03-11", tick=False)
def test_today_is_the_day_unless_one_is_said(solo):
    assert chase_silent() == 1
    assert confirm_profile(solo=solo).verified_on == date(2026, 3, 11)


@time_machine.travel("2026-03-11", tick=False)
def test_saving_and_publishing_count_as_reading_again(solo):
    chase_silent()
    saved = save_profile(solo=solo, values={}, agreed={"page": [PublicField.NAME], "open_data": []})
    assert (saved.verified_on, saved.review_step) == (date(2026, 3, 11), ReviewStep.FRESH)

    Solo.objects.update(verified_on=VERIFIED, state=SoloState.HIDDEN, review_step=ReviewStep.HIDDEN)
    published = publish_solo(solo=solo)
    assert (published.verified_on, published.review_step) == (date(2026, 3, 11), ReviewStep.FRESH)


def test_who_answers_meanwhile_is_not_written_to(solo, monkeypatch):
    """Between the list of who is due and the row's lock, they clicked."""
    from solos.domain import freshness

    listed = freshness._to_be_asked

    def answer(territory, today):
        found = listed(territory, today)
        confirm_profile(solo=solo, on=today)
        Solo.objects.update(state=SoloState.HIDDEN)
        return found

    monkeypatch.setattr(freshness, "_to_be_asked", answer)

    assert chase_silent(after(0)) == 0
    assert subjects() == []
