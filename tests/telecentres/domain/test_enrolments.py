from datetime import UTC, date, datetime

from telecentres.domain.enrolments import NetworkFigures, network_figures
from telecentres.enums import BookingState, WorkStatus
from telecentres.models import Enrolment
from tests.factories import EnrolmentFactory, ProgrammeFactory, SpaceFactory
from tests.telecentres.march import at, hold, march

NOW = at(10, "08:00")
SINCE = datetime(2026, 3, 10, tzinfo=UTC)


def figures() -> list[NetworkFigures]:
    return network_figures(Enrolment.objects.all(), since=SINCE, now=NOW)


def test_nobody_enrolled_makes_no_figure(db):
    assert figures() == []


def test_enrolled_and_hosted_are_two_figures(site, django_assert_num_queries):
    programme = ProgrammeFactory(name="Solos")
    site.programme = programme
    site.save()
    desk, elsewhere = SpaceFactory(telecentre=site), SpaceFactory()
    came, cancelled, comes_later, went_elsewhere = EnrolmentFactory.create_batch(
        4, programme=programme
    )
    EnrolmentFactory(programme=programme, status=WorkStatus.EMPLOYEE, employer="Mairie")
    left = EnrolmentFactory(programme=programme, left_on=date(2027, 3, 10))
    EnrolmentFactory(programme=programme, enrolled_on=date(2027, 3, 11))
    hold(desk, march(1, "09:00", "12:30"), holder=came.user)
    hold(desk, march(2, "09:00", "12:30"), holder=came.user)
    hold(desk, march(3, "09:00", "12:30"), holder=cancelled.user, state=BookingState.CANCELLED)
    hold(desk, march(11, "09:00", "12:30"), holder=comes_later.user)
    hold(elsewhere, march(4, "09:00", "12:30"), holder=went_elsewhere.user)
    hold(desk, march(4, "09:00", "12:30"), holder=left.user)

    with django_assert_num_queries(2):
        found = figures()

    assert found == [
        NetworkFigures("Solos", WorkStatus.INDEPENDENT, enrolled=4, hosted=1),
        NetworkFigures("Solos", WorkStatus.EMPLOYEE, enrolled=1, hosted=0),
    ]
