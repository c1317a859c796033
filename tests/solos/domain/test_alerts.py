import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils.translation import override

from courrier.domain.errors import BadAddress
from courrier.models import OutgoingMail
from jetons.domain.errors import LinkUnknown
from jetons.domain.links import issue_link
from solos.domain import alerts
from solos.domain.alerts import (
    MOST_ALERTS,
    alert_of_link,
    confirm_alert,
    forget_alerts,
    new_solos,
    save_search,
    send_alerts,
    stop_alert,
)
from solos.domain.asking import read_query
from solos.domain.errors import AlertStopped, SearchTooLong, TooManyAlerts
from solos.domain.publication import hide_solo, publish_solo
from solos.enums import PublicField
from solos.models import SavedSearch, StateChange
from tests.factories import SavedSearchFactory, SoloFactory, TerritoryFactory, TradeFactory

START = date(2026, 3, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def came(territory, on: date, **fields):
    """Someone who entered the directory on that day."""
    solo = SoloFactory(territory=territory, published=True, **fields)
    StateChange.objects.filter(solo=solo).update(changed_on=on)
    return solo


def mails() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("message", flat=True))


def token_of(mail: OutgoingMail) -> str:
    return re.search(r"/alertes/([^/]+)/confirmer/", mail.text_body).group(1)


@pytest.fixture
def alert(territory):
    return SavedSearchFactory(territory=territory, query="", confirmed=True)


# ---- Asked for, confirmed, stopped ------------------------------------------------------------
def save(territory, query="q=laine", email="ana@exemple.fr"):
    return save_search(territory=territory, email=email, filters=read_query(query))


def test_saved_search_writes_nothing_but_a_mail_to_confirm_it(territory):
    with override("en"):
        search = save(territory, "commune=09122&q=laine")

    assert (search.query, search.language, search.confirmed_at) == (
        "q=laine&commune=09122",
        "en",
        None,
    )
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message) == ("ana@exemple.fr", "solos.alerte-a-confirmer")
    assert "/en/alertes/" in mail.text_body
    assert "laine" not in mail.text_body + mail.subject
    assert alert_of_link(token=token_of(mail)) == search
    assert send_alerts() == 0


def test_same_search_saved_again_writes_the_same_mail_about_the_same_alert(territory):
    first = save(territory)
    confirm_alert(search=first)

    assert save(territory) == first
    assert mails() == ["solos.alerte-a-confirmer"] * 2
    stop_alert(search=first)
    assert save(territory) != first


def test_search_too_long_is_refused_whole(territory):
    with pytest.raises(SearchTooLong):
        save(territory, f"q={'🙂' * 60}")

    assert not SavedSearch.objects.exists()


def test_bad_address_is_refused_whole(territory):
    with pytest.raises(BadAddress):
        save(territory, email="ana")

    assert not SavedSearch.objects.exists()


def test_confirmed_lasts_a_year_and_a_click_more_keeps_its_news(territory):
    search = confirm_alert(search=save(territory), on=START)

    assert (search.new_since, search.expires_on) == (START, date(2027, 3, 1))
    SavedSearch.objects.update(reminded_on=day(340))
    again = confirm_alert(search=search, on=day(350))
    assert (again.new_since, again.expires_on, again.reminded_on) == (
        START,
        date(2028, 2, 14),
        None,
    )
    late = confirm_alert(search=search, on=date(2029, 1, 1))
    assert (late.new_since, late.expires_on) == (date(2029, 1, 1), date(2030, 1, 1))


def test_stopped_alert_is_not_confirmed_again(territory):
    search = save(territory)
    stop_alert(search=search)
    stopped_at = SavedSearch.objects.get().stopped_at
    stop_alert(search=search)

    with pytest.raises(AlertStopped):
        confirm_alert(search=search)
    assert SavedSearch.objects.get().stopped_at == stopped_at


def test_address_has_ten_alerts_at_most(territory):
    here, there = territory, TerritoryFactory()
    for number in range(MOST_ALERTS):
        where = here if number % 2 else there
        confirm_alert(search=save(where, f"q={number}"), on=START)
    first, one_more = SavedSearch.objects.order_by("pk")[0], save(territory, "q=encore")

    with pytest.raises(TooManyAlerts):
        confirm_alert(search=one_more, on=START)
    one_more.refresh_from_db()
    assert one_more.confirmed_at is None
    assert confirm_alert(search=first, on=day(1)).expires_on == date(2027, 3, 2)

    stop_alert(search=first)
    assert confirm_alert(search=one_more, on=day(1)).expires_on == date(2027, 3, 2)


def test_link_of_an_alert_that_is_gone_opens_nothing(territory):
    token = issue_link(purpose="alerte", subject="alerte:0", lasts=timedelta(days=1))

    with pytest.raises(LinkUnknown):
        alert_of_link(token=token)


# ---- Sent -------------------------------------------------------------------------------------
def test_mail_tells_who_is_new_since_the_alert_began_and_each_once(alert):
    here = alert.territory
    came(here, day(-1), last_name="Avant")
    came(here, day(2), first_name="Léo", last_name="Roux", published_fields=[PublicField.NAME])
    came(here, day(0), last_name="Delmas", slug="delmas")
    came(here, day(3), last_name="Demain")

    assert [send_alerts(day(3)), send_alerts(day(3)), send_alerts(day(9))] == [1, 0, 0]

    mail = OutgoingMail.objects.get()
    assert mail.subject == "Du nouveau dans l’annuaire Ariège"
    told = re.findall(r"(?:Claude|Léo) \w+[^\n<(]*", mail.text_body)
    assert [line.strip() for line in told] == ["Claude Delmas – Développement web", "Léo Roux"]
    assert "/annuaire/delmas/" in mail.text_body
    assert "tout l’annuaire" in mail.text_body
    assert send_alerts(day(10)) == 1
    assert "Claude Demain" in OutgoingMail.objects.latest("pk").text_body
    assert send_alerts(day(17)) == 0


def test_mail_tells_only_whom_the_directory_shows(alert):
    here = alert.territory
    hide_solo(solo=came(here, day(1)))
    SoloFactory(territory=here)
    came(TerritoryFactory(), day(1))

    assert send_alerts(day(5)) == 0
    assert mails() == []


def test_page_shown_again_after_a_while_is_no_newcomer(alert):
    solo = came(alert.territory, day(-30))
    hide_solo(solo=solo, on=day(1))
    publish_solo(solo=solo, on=day(2))

    assert not new_solos(alert, day(3)).exists()


@pytest.mark.parametrize(
    ("query", "number"),
    [("q=laine", 1), ("q=lainne", 0), ("metier=tissage", 1), ("metier=tissage&q=fer", 0)],
)
def test_mail_tells_who_matches_to_the_letter(territory, query, number):
    SavedSearchFactory(territory=territory, query=query, confirmed=True)
    trade = TradeFactory(slug="tissage", name="Tissage")
    came(territory, day(1), trade=trade, offers="Des pelotes de laine")

    assert send_alerts(day(2)) == number


def test_field_kept_private_is_never_found_by_an_alert(territory):
    SavedSearchFactory(territory=territory, query="metier=developpement-web", confirmed=True)
    came(territory, day(1), published_fields=[PublicField.NAME])

    assert send_alerts(day(2)) == 0


def test_mail_names_ten_and_counts_the_others(alert):
    for number in range(12):
        came(alert.territory, day(1), last_name=f"Dupont{number:02}")

    send_alerts(day(2))

    text = OutgoingMail.objects.get().text_body
    assert len(re.findall(r"Claude Dupont", text)) == 10
    assert "et 2 autres" in text


def test_mail_is_in_the_language_of_the_alert(alert):
    SavedSearch.objects.update(language="en")
    came(alert.territory, day(1), last_name="Delmas", slug="delmas")

    send_alerts(day(2))

    mail = OutgoingMail.objects.get()
    assert mail.subject == "New in the Ariège directory"
    assert "Claude Delmas – Web development" in mail.text_body
    assert "/en/annuaire/delmas/" in mail.text_body
    assert "the whole directory" in mail.text_body


@pytest.mark.parametrize(
    "state",
    [{"confirmed_at": None}, {"stopped_at": "2026-03-02 10:00+01:00"}, {"expires_on": day(2)}],
)
def test_alert_unconfirmed_stopped_or_over_writes_nothing(alert, state):
    came(alert.territory, day(1))
    SavedSearch.objects.update(**state)

    assert send_alerts(day(2)) == 0


def test_end_is_told_once_a_month_before_to_whom_nothing_is(alert):
    last = (alert.expires_on - START).days
    found = [(number, send_alerts(day(number))) for number in (last - 31, last - 30, last - 20)]

    assert found == [(last - 31, 0), (last - 30, 1), (last - 20, 0)]
    mail = OutgoingMail.objects.get()
    assert mail.message == "solos.alerte-fin"
    assert "1er mars 2027" in mail.text_body or "1 mars 2027" in mail.text_body
    came(alert.territory, day(last - 25))
    assert send_alerts(day(last - 10)) == 1
    assert mails() == ["solos.alerte-fin", "solos.alerte"]


def test_news_near_the_end_tell_the_end_too(alert):
    last = (alert.expires_on - START).days
    came(alert.territory, day(last - 25))

    assert [send_alerts(day(last - 20)), send_alerts(day(last - 10))] == [1, 0]
    assert mails() == ["solos.alerte"]


def test_alert_that_fails_keeps_the_others_from_nothing(territory, logs):
    came(territory, day(1))
    broken, _whole = (
        SavedSearchFactory(territory=territory, query="", confirmed=True) for _n in range(2)
    )
    SavedSearch.objects.filter(pk=broken.pk).update(email="personne")

    assert [send_alerts(day(2)), send_alerts(day(2))] == [1, 0]

    assert "alert_not_written" in logs()
    broken.refresh_from_db()
    assert (broken.last_sent_on, broken.new_since) == (None, START)


def test_alert_that_another_worker_has_just_sent_is_left_alone(alert):
    came(alert.territory, day(1))
    send_alerts(day(2))

    assert alerts._send(alert.pk, day(2)) is False
    assert mails() == ["solos.alerte"]


# ---- Forgotten --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "now", "is_kept"),
    [
        ({"confirmed_at": None}, "2026-03-08", True),
        ({"confirmed_at": None}, "2026-03-09", False),
        ({}, "2027-03-31", True),
        ({}, "2027-04-01", False),
        ({"stopped_at": "2026-06-01 12:00+02:00"}, "2026-07-01", True),
        ({"stopped_at": "2026-06-01 12:00+02:00"}, "2026-07-02", False),
    ],
)
def test_alert_is_forgotten_once_it_is_over(alert, state, now, is_kept):
    SavedSearch.objects.update(created_at="2026-03-01 12:00+01:00", **state)

    with time_machine.travel(f"{now} 09:00 +0200", tick=False):
        assert forget_alerts() == (0 if is_kept else 1)

    assert SavedSearch.objects.exists() == is_kept
