from territoires.models import Commune
from tests.factories import CommuneFactory


def test_communes_sort_as_the_french_do(db):
    for name in ["Zuani", "Eycheil", "Élie", "Buzan", "Bédeilhac"]:
        CommuneFactory(name=name, sort_name=name)

    assert list(Commune.objects.values_list("name", flat=True)) == [
        "Bédeilhac",
        "Buzan",
        "Élie",
        "Eycheil",
        "Zuani",
    ]
