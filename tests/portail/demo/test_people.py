from collections import Counter
from datetime import date

import pytest

from portail.demo.people import (
    EVERYTHING,
    KNOWN_END,
    TELEWORK,
    WELCOME,
    Place,
    imagine_people,
)
from portail.demo.setting import Setting, Stage
from solos.enums import SoloStatus

PLACES = [Place("09122", 9, in_past_programme=True), Place("09225", 9, in_past_programme=False)]


def people(seed: int = 9, today: date = date(2026, 11, 22)):
    return imagine_people(Setting(Stage.TODAY, today, seed), PLACES)


def test_imagine_people_is_the_same_for_the_same_seed():
    assert people() == people()
    assert people() != people(seed=10)


def test_imagine_people_on_another_day_are_the_same_people():
    def who(today: date) -> list[tuple[str, str, str, str | None]]:
        return [
            (person.last_name, person.commune, person.trade, person.details.get("presentation"))
            for person in people(today=today)
        ]

    assert who(date(2026, 11, 22)) == who(date(2027, 3, 1))


@pytest.mark.parametrize(
    "today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31), date(2040, 7, 1)]
)
@pytest.mark.parametrize("seed", range(5))
def test_imagine_people_keeps_dates_in_order_and_before_today(seed, today):
    for person in people(seed, today):
        dates = [person.identified_on, person.published_on, person.left_on, today]
        known = [day for day in dates if day]
        assert known == sorted(known)


def test_imagine_people_gives_everyone_their_own_name_and_number():
    everyone = people()

    names = Counter((person.first_name, person.last_name) for person in everyone)
    phones = [person.details["phone"] for person in everyone if person.details["phone"]]
    assert set(names.values()) == {1}
    assert len(phones) == len(set(phones))


def test_imagine_people_of_the_past_live_where_the_programme_was():
    past = [person for person in people() if person.programme == WELCOME]

    assert len(past) == KNOWN_END
    assert {person.commune for person in past} == {"09122"}


def test_imagine_people_has_the_teleworkers_of_the_documents():
    teleworkers = [person for person in people() if person.programme == TELEWORK]

    assert Counter(person.details["status"] for person in teleworkers) == {
        SoloStatus.EMPLOYEE: 10,
        SoloStatus.INDEPENDENT: 90,
    }
    assert not any(person.published_on for person in teleworkers)


def test_imagine_people_agree_in_words_left_whole():
    for person in people():
        told = person.details.get("presentation", "")
        assert "{" not in told
        assert "  " not in told
        assert set(person.agreed) <= set(EVERYTHING)
        assert bool(person.agreed) == bool(person.published_on)
