import pytest

from solos.domain.completeness import PARTS, completeness_of
from solos.enums import SoloStatus
from solos.models import Solo
from tests.factories import PictureFactory, SoloFactory


@pytest.mark.parametrize(
    ("status", "total", "apart"),
    [
        (SoloStatus.INDEPENDENT, 12, {"trade_name", "website", "offers"}),
        (SoloStatus.FOUNDER, 12, {"trade_name", "website", "offers"}),
        (SoloStatus.EMPLOYEE, 9, set()),
        (SoloStatus.SEEKING, 10, {"seeks"}),
    ],
)
def test_only_what_makes_sense_counts(status, total, apart):
    found = completeness_of(Solo(status=status))

    assert (found.filled, found.total, found.percent) == (0, total, 0)
    everyone = {part.box for part in PARTS if set(SoloStatus) <= part.statuses}
    assert {part.box for part in found.missing} == everyone | apart


def test_any_of_two_ways_to_say_it_is_enough():
    found = completeness_of(Solo(links=["https://exemple.fr/"], accepts_messages=True))

    assert {"website", "accepts_messages"} & {part.box for part in found.missing} == set()
    assert (found.filled, found.percent) == (2, 16)


def test_all_is_said(territory, django_assert_num_queries):
    solo = SoloFactory(
        territory=territory, trade_name="Studio", skills=["carte"], languages=["fr"],
        presentation="Bonjour", photo=PictureFactory(territory=territory), phone="+33561000000",
        website="https://exemple.fr/", work_place="home", offers="Des cartes", arrived_in=2019,
    )  # fmt: skip
    solo = Solo.objects.get(pk=solo.pk)

    with django_assert_num_queries(0):
        found = completeness_of(solo)

    assert (found.percent, found.missing) == (100, ())
