"""Whatever happens at a telecentre, the platform says what a careful clerk would."""

import pytest

from tests.telecentres.diary import DAY, HOLIDAYS, Diary, Hope, Room, day_of
from tests.telecentres.weeks import ACTS, STEPS, live

REFUSALS = {
    "AlreadyWaiting",
    "EndsBeforeStart",
    "InThePast",
    "NoLongerPossible",
    "NoSuchTime",
    "NotBookable",
    "OutsideHours",
    "SlotTaken",
    "SpacesTaken",
    "StillFree",
    "TimeTwice",
    "TooEarly",
    "TooLate",
    "TooLateToWait",
    "TooLong",
    "TooManyPeople",
}


def test_platform_and_diary_agree_over_three_weeks(db):
    """One with each night when the clocks change, one without."""
    said = live(range(3))

    assert said.total() == 3 * STEPS


@pytest.mark.trust
def test_platform_and_diary_agree_over_thirty_weeks(db):
    said = live(range(30))

    assert said.total() == 30 * STEPS >= 5_000
    # Each act was done, and each refusal met.
    done = {line.split(": ")[0] for line in said if line.endswith(": ")}
    assert done == set(ACTS)
    assert {line.split(": ")[1] for line in said} - {""} == REFUSALS


# ---- What it would find -------------------------------------------------------------------------
class WithoutBuffers(Diary):
    def reach(self, room: Room, start: int, end: int) -> tuple[int, int]:
        return start, end


class LastInFirstOut(Diary):
    def in_order(self) -> list[Hope]:
        return self.line[::-1]


class FirstThatIsFree(Diary):
    """Whether or not somebody has to agree."""

    def at_once_first(self, rooms: list[Room]) -> list[Room]:
        return rooms


class WithoutHolidays(Diary):
    def opened(self, minute: int) -> bool:
        day = day_of(minute)
        return super().opened(minute - (day in HOLIDAYS) * 7 * DAY)


class OfferedWithoutEnd(Diary):
    def offer(self, hope: Hope, now: int) -> None:
        super().offer(hope, now)
        if hope.entry:
            hope.entry.answer_before = hope.start


@pytest.mark.trust
@pytest.mark.parametrize(
    "diary", [WithoutBuffers, LastInFirstOut, FirstThatIsFree, WithoutHolidays, OfferedWithoutEnd]
)
def test_other_rules_would_be_seen(diary, db):
    with pytest.raises(AssertionError):
        live(range(30), diary)
