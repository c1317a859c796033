from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail

from courrier.domain.delivery import deliver_due_mails
from courrier.domain.digest import _send_digest, latest_hour, notify, send_digests
from courrier.domain.errors import BadAddress
from courrier.models import DigestLine, OutgoingMail
from tests.courrier.examples import BRAND
from tests.factories import DigestLineFactory, TerritoryFactory, UserFactory

PARIS = ZoneInfo("Europe/Paris")


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def tell(territory, **other) -> DigestLine:
    told = {
        "recipient": "ana@example.org", "language": "fr", "territory": territory, "words": "Une",
    }  # fmt: skip
    return notify(**told | other)


def test_notify_keeps_one_clean_line(territory):
    user = UserFactory()

    line = tell(
        territory, words="Une\r\nnouvelle\x00 " + "x" * 300, address="/sessions/", user=user
    )

    line.refresh_from_db()
    assert line.words == ("Une nouvelle " + "x" * 300)[:300]
    assert (line.recipient, line.user) == ("ana@example.org", user)
    assert OutgoingMail.objects.count() == 0


def test_notify_refuses_a_bad_address(territory):
    with pytest.raises(BadAddress):
        tell(territory, recipient="ana@example.org\nBcc: tous@example.org")

    assert DigestLine.objects.count() == 0


def test_send_digests_gathers_a_day_in_one_mail(territory, settings):
    settings.SITE_URL = "https://solos.example"
    with time_machine.travel(at(3, 10), tick=False):
        tell(territory, words="Une inscription", address="/sessions/")
        tell(territory, words="[Un](http://evil.example) référent")
        tell(territory, words="Ailleurs", address="https://autre.example/x")

    with time_machine.travel(at(4, 7), tick=False):
        assert send_digests() == 1
        [mail] = OutgoingMail.objects.all()

    assert mail.subject == "Ariège : vos nouvelles du mercredi 4 mars"
    assert (mail.recipient, mail.territory, mail.message) == (
        "ana@example.org", territory, "courrier.digest",
    )  # fmt: skip
    assert (
        "- Une inscription <https://ariege.localhost/sessions/>\n"
        "- [Un](http://evil.example) référent\n"
        "- Ailleurs <https://autre.example/x>\n"
    ) in mail.text_body
    assert DigestLine.objects.count() == 0


def test_send_digests_again_the_same_day_sends_nothing(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        tell(territory)
        clock.move_to(at(4, 7))
        assert [send_digests(), send_digests()] == [1, 0]
        tell(territory, words="Depuis ce matin")
        clock.move_to(at(4, 23))
        assert send_digests() == 0
        clock.move_to(at(5, 7))
        assert send_digests() == 1

    assert OutgoingMail.objects.count() == 2


def test_send_digests_catches_up_what_was_missed(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        tell(territory, words="Lundi")
        clock.move_to(at(4, 10))
        tell(territory, words="Mardi")
        clock.move_to(at(5, 15))
        assert send_digests() == 1

    assert "- Lundi\n- Mardi\n" in OutgoingMail.objects.get().text_body


def test_send_digests_before_seven_waits(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        tell(territory)
        clock.move_to(at(4, 6, 59))
        assert send_digests() == 0


def test_send_digests_writes_one_mail_a_person_and_territory(territory):
    other = TerritoryFactory()
    with time_machine.travel(at(3, 10), tick=False):
        for place in (territory, other):
            for who in ("ana@example.org", "bo@example.org"):
                tell(place, recipient=who)
                tell(place, recipient=who)

    with time_machine.travel(at(4, 8), tick=False):
        assert send_digests() == 4

    assert sorted(OutgoingMail.objects.values_list("recipient", "territory")) == sorted(
        (who, place.pk)
        for place in (territory, other)
        for who in ("ana@example.org", "bo@example.org")
    )


def test_send_digests_speaks_the_language_last_told(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        tell(territory)
        tell(territory, language="en", words="News")
        clock.move_to(at(4, 8))
        send_digests()

    mail = OutgoingMail.objects.get()
    assert mail.subject == "Ariège: your news of Wednesday 4 March"
    assert mail.text_body.startswith("Hello,\n\n")


def test_send_digests_with_one_failure_writes_the_others(territory, settings):
    other = TerritoryFactory(name="Sans marque")
    settings.MAIL_BRAND = "tests.courrier.domain.test_digest.brand_of_ariege"
    with time_machine.travel(at(3, 10), tick=False) as clock:
        for place in (other, territory):
            tell(place)
        clock.move_to(at(4, 8))
        assert send_digests() == 1

    assert OutgoingMail.objects.get().territory == territory
    assert DigestLine.objects.get().territory == other


def brand_of_ariege(territory):
    return {"Ariège": BRAND}[territory.name]


def test_digest_written_meanwhile_is_not_written_again(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        tell(territory)
        clock.move_to(at(4, 8))
        two_schedulers = [_send_digest(territory.pk, "ana@example.org") for _run in range(2)]

    assert two_schedulers == [True, False]
    assert OutgoingMail.objects.count() == 1


def test_digest_reaches_its_reader(territory):
    with time_machine.travel(at(3, 10), tick=False) as clock:
        DigestLineFactory(territory=territory, recipient="ana@example.org")
        clock.move_to(at(4, 8))
        send_digests()
        deliver_due_mails()

    assert [sent.to for sent in django_mail.outbox] == [["ana@example.org"]]


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        (at(4, 7), at(4, 7)),
        (at(4, 6, 59), at(3, 7)),
        (at(4, 23, 59), at(4, 7)),
        # Two o'clock did not exist that night, and came twice on the other.
        (at(29, 8), at(29, 7)),
        (at(25, 1, month=10), at(24, 7, month=10)),
    ],
)
def test_latest_hour_is_seven_in_the_country(now, hour):
    with time_machine.travel(now, tick=False):
        assert latest_hour() == hour
