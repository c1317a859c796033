from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from icalendar import Calendar

from courrier.models import OutgoingMail
from jetons.domain.links import issue_link
from jetons.models import PersonalLink
from telecentres.domain.errors import NoSuchFeed
from telecentres.domain.feeds import bookings_told, feeds_since, make_feed, read_feed, stop_feed
from telecentres.domain.moving import move_booking
from telecentres.enums import BookingState
from telecentres.models import TelecentreGrant
from tests.factories import (
    BookingChangeFactory,
    BookingFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.telecentres.march import NOW, hold, march

MORNING = march(1, "09:00", "12:00")
AFTERNOON = march(1, "14:00", "17:00")
# The link, its owner, the bookings, their changes; for a manager, four of rights, and the place.
OWN_QUERIES, PLACE_QUERIES = 4, 9


@pytest.fixture
def desk(site):
    return SpaceFactory(telecentre=site, name="Poste bleu")


@pytest.fixture
def holder(db):
    return UserFactory(first_name="Camille", last_name="Roux")


@pytest.fixture
def manager(site):
    return TelecentreGrantFactory(telecentre=site).user


def calendar(token: str, territory, now=NOW) -> Calendar:
    return Calendar.from_ical(read_feed(token=token, territory=territory, now=now))


def events(token: str, territory, now=NOW):
    return calendar(token, territory, now).walk("VEVENT")


def summaries(token: str, territory) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(token, territory)]


def days_from_now(space, days: int, **values):
    start = NOW + timedelta(days=days)
    period = DateTimeTZRange(start, start + timedelta(hours=1))
    return BookingFactory(space=space, period=period, **values)


# ---- One's own --------------------------------------------------------------------------------
def test_own_feed_says_ones_own_bookings_and_no_other(site, desk, holder):
    hold(desk, MORNING, holder=holder, note="avec l’écran")
    hold(desk, AFTERNOON)
    cancelled = march(2, "09:00", "12:00")
    hold(desk, cancelled, holder=holder, state=BookingState.CANCELLED)
    token = make_feed(owner=holder)

    followed = calendar(token, site.territory)

    [event] = followed.walk("VEVENT")
    assert followed["X-WR-CALNAME"] == followed["NAME"] == "Mes réservations, Ariège"
    assert followed["METHOD"] == "PUBLISH"
    assert event["SUMMARY"] == "Cap Delta – Poste bleu"
    assert event["DESCRIPTION"] == "avec l’écran"
    assert (event.start, event.end) == (MORNING.start, MORNING.end)


def test_feed_of_nothing_is_an_empty_calendar(site, holder):
    assert events(make_feed(owner=holder), site.territory) == []


def test_feed_tells_the_same_uid_and_sequence_as_the_mails(site, desk, holder):
    booking = hold(desk, MORNING, holder=holder)
    move_booking(booking=booking, spaces=[desk], slot=AFTERNOON, author=holder, now=NOW)

    [mailed] = Calendar.from_ical(OutgoingMail.objects.get().calendar).walk("VEVENT")
    [followed] = events(make_feed(owner=holder), site.territory)

    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "DTSTAMP", "STATUS", "URL", "SUMMARY"):
        assert followed[name] == mailed[name], name
    assert followed["SEQUENCE"] == 1


def test_feed_speaks_the_language_of_its_owner(site, desk):
    holder = UserFactory(language="en")
    booking = hold(desk, MORNING, holder=holder)
    token = make_feed(owner=holder)

    [event] = events(token, site.territory)

    assert event["URL"].endswith(f"/en/espace/reservations/{booking.reference}/")


def test_feed_reaches_ninety_days_back_and_a_year_ahead(site, desk, holder):
    kept = [days_from_now(desk, days, holder=holder) for days in (-90, 364)]
    for days in (-91, 366):
        days_from_now(desk, days, holder=holder)

    found = events(make_feed(owner=holder), site.territory)

    assert [event["UID"].partition("@")[0] for event in found] == [str(each) for each in kept]


def test_own_feed_is_of_the_territory_that_is_asked(site, desk, holder):
    hold(desk, MORNING, holder=holder)
    elsewhere = TerritoryFactory(host_name="gers.localhost")

    assert events(make_feed(owner=holder), elsewhere) == []


@pytest.mark.parametrize("number", [1, 3])
def test_own_feed_costs_the_same_for_one_and_three(site, holder, django_assert_num_queries, number):
    for desk in SpaceFactory.create_batch(number, telecentre=site):
        BookingChangeFactory(booking=hold(desk, MORNING, holder=holder))
    token, territory = make_feed(owner=holder), site.territory

    with django_assert_num_queries(OWN_QUERIES):
        assert len(events(token, territory)) == number


# ---- A place's --------------------------------------------------------------------------------
def test_feed_of_a_place_says_who_holds_what(site, desk, holder, manager):
    room = SpaceFactory(telecentre=site, name="Salle", capacity=8)
    booking = hold(desk, MORNING, holder=holder)
    hold(room, MORNING, holder=holder, people=5, note="vidéo")
    hold(room, AFTERNOON, holder=None, state=BookingState.BLOCKED, note="travaux")
    walk_in = hold(desk, AFTERNOON, holder=None)
    hold(SpaceFactory(telecentre__territory=site.territory), MORNING, holder=holder)

    found = events(make_feed(owner=manager, followed=site), site.territory)

    assert [(str(each["SUMMARY"]), str(each.get("DESCRIPTION", ""))) for each in found] == [
        ("Poste bleu – Camille Roux", ""),
        ("Salle – Camille Roux", "5 personnes\nvidéo"),
        ("Salle – espace fermé", "travaux"),
        (f"Poste bleu – {walk_in.reference}", ""),
    ]
    assert found[0]["URL"].endswith(f"/gestion/telecentres/booking/{booking.pk}/change/")
    assert found[0]["UID"] == f"{booking.reference}@ariege.localhost"


def test_feed_of_a_space_says_that_space_alone(site, desk, manager):
    hold(desk, MORNING, holder=None)
    hold(SpaceFactory(telecentre=site), MORNING)

    followed = calendar(make_feed(owner=manager, followed=desk), site.territory)

    assert followed["NAME"] == "Cap Delta – Poste bleu"
    assert len(followed.walk("VEVENT")) == 1


def test_bookings_told_are_those_that_a_place_or_a_space_holds(site, desk):
    booking = hold(desk, MORNING)
    hold(desk, AFTERNOON, state=BookingState.REFUSED)

    assert list(bookings_told(site, NOW)) == list(bookings_told(desk, NOW)) == [booking]
    assert list(bookings_told(SpaceFactory(), NOW)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_feed_of_a_place_costs_the_same_for_one_and_three(
    site, manager, django_assert_num_queries, number
):
    for desk in SpaceFactory.create_batch(number, telecentre=site):
        BookingChangeFactory(booking=hold(desk, MORNING))
    token, territory = make_feed(owner=manager, followed=site), site.territory

    with django_assert_num_queries(PLACE_QUERIES):
        assert len(events(token, territory)) == number


def test_feed_ends_with_the_role_of_who_made_it(site, desk, manager):
    hold(desk, MORNING)
    tokens = [make_feed(owner=manager, followed=each) for each in (site, desk)]
    assert [len(events(token, site.territory)) for token in tokens] == [1, 1]

    TelecentreGrant.objects.update(ends_on=date(2020, 1, 2))

    for token in tokens:
        with pytest.raises(NoSuchFeed):
            read_feed(token=token, territory=site.territory, now=NOW)


def test_feed_of_a_place_opens_on_no_other_site(site, desk, manager):
    elsewhere = TerritoryFactory(host_name="gers.localhost")

    for followed in (site, desk):
        token = make_feed(owner=manager, followed=followed)
        with pytest.raises(NoSuchFeed):
            read_feed(token=token, territory=elsewhere, now=NOW)


def test_feed_of_a_place_that_one_does_not_run_opens_nothing(site, manager):
    other = TelecentreFactory(territory=site.territory)
    token = make_feed(owner=manager, followed=other)

    with pytest.raises(NoSuchFeed):
        read_feed(token=token, territory=site.territory, now=NOW)


# ---- Addresses --------------------------------------------------------------------------------
def test_new_address_closes_the_former_one(site, holder):
    former, token = make_feed(owner=holder), make_feed(owner=holder)

    with pytest.raises(NoSuchFeed):
        read_feed(token=former, territory=site.territory, now=NOW)
    assert events(token, site.territory) == []
    assert PersonalLink.objects.usable().count() == 1


def test_address_taken_back_opens_nothing_and_leaves_the_others(site, desk, manager):
    tokens = [make_feed(owner=manager, followed=each) for each in (None, site, desk)]

    assert stop_feed(owner=manager, followed=site) is True
    assert stop_feed(owner=manager, followed=site) is False

    since = feeds_since(manager, [None, site, desk])
    assert [each is not None for each in since] == [True, False, True]
    with pytest.raises(NoSuchFeed):
        read_feed(token=tokens[1], territory=site.territory, now=NOW)


def test_address_of_another_is_left_alone(site, manager, holder):
    make_feed(owner=manager, followed=site)

    stop_feed(owner=holder, followed=site)

    assert feeds_since(holder, [site]) == [None]
    assert feeds_since(manager, [site]) != [None]


def test_address_is_kept_as_a_digest(holder):
    token = make_feed(owner=holder)

    kept = PersonalLink.objects.values().get()

    secret = token.partition(":")[0]
    assert [name for name, value in kept.items() if secret in str(value)] == []
    assert kept["subject"] == f"user:{holder.pk} own"


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_feed_of_an_account_closed_or_gone_opens_nothing(site, holder, change):
    token = make_feed(owner=holder)
    if change:
        type(holder).objects.filter(pk=holder.pk).update(**change)
    else:
        holder.delete()

    with pytest.raises(NoSuchFeed):
        read_feed(token=token, territory=site.territory, now=NOW)


def test_address_guessed_or_made_for_something_else_opens_nothing(site, holder):
    other = issue_link(purpose="solo", subject=f"user:{holder.pk} own", lasts=timedelta(days=1))

    for token in ("ici", "a" * 32, f"{'a' * 32}:{'b' * 43}", other):
        with pytest.raises(NoSuchFeed):
            read_feed(token=token, territory=site.territory, now=NOW)


# ---- What people typed ------------------------------------------------------------------------
INJECTED = (
    "a,b;c\\d\r\nATTENDEE:mailto:x@exemple.fr\rEND:VEVENT\nBEGIN:VEVENT\u2028X:1\x85Y:2\x0bé\x01"
)


def test_note_that_plays_a_calendar_is_only_a_note(site, desk, holder):
    hold(desk, MORNING, holder=holder, note=INJECTED)

    text = read_feed(token=make_feed(owner=holder), territory=site.territory, now=NOW)

    lines = text.split("\r\n")
    assert text.splitlines() == lines[:-1]
    assert [line for line in lines if len(line.encode()) > 75] == []
    assert [line for line in lines if line.startswith(("ATTENDEE", "X:", "Y:"))] == []
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert event["DESCRIPTION"].splitlines() == [
        "a,b;c\\d", "ATTENDEE:mailto:x@exemple.fr", "END:VEVENT", "BEGIN:VEVENT", "X:1", "Y:2", "é",
    ]  # fmt: skip


def test_feed_read_again_is_the_same_to_the_letter(site, desk, holder):
    """Nothing in it tells when it was read: a program asks whether it changed."""
    booking = hold(desk, MORNING, holder=holder)
    BookingChangeFactory(booking=booking, at=datetime(2027, 1, 1, tzinfo=UTC))
    token = make_feed(owner=holder)

    first, later = (
        read_feed(token=token, territory=site.territory, now=NOW + timedelta(minutes=wait))
        for wait in (0, 5)
    )
    assert first == later
