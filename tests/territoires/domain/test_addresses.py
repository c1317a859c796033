import pytest

from territoires.domain.addresses import free_slug
from territoires.models import HostVillage
from tests.factories.territoires import HostVillageFactory


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "auzat"),
        (["auzat-vieux"], "auzat"),
        (["auzat"], "auzat-2"),
        (["auzat", "auzat-2", "auzat-4"], "auzat-3"),
    ],
    ids=["none", "longer", "same", "gap"],
)
def test_free_slug_takes_first_free_number(territory, taken, expected):
    for slug in taken:
        HostVillageFactory(territory=territory, slug=slug)

    assert free_slug("auzat", HostVillage.objects.all()) == expected


def test_free_slug_is_free_among_all(territory):
    for slug in ("auzat", "auzat-2"):
        HostVillageFactory(territory=territory, slug=slug)
    rows = HostVillage.objects.all()

    assert free_slug("auzat", rows.filter(slug="auzat"), rows.filter(slug="auzat-2")) == "auzat-3"
