from solos.domain.places import Place, places_of
from solos.enums import SoloState
from solos.models import Solo
from tests.factories import CommuneFactory, SoloFactory


def test_places_count_known_and_published_the_largest_first(territory, django_assert_num_queries):
    foix = CommuneFactory(foix=True)
    others = [CommuneFactory(name=name) for name in ("Bélesta", "Ax")]
    for commune in others:
        SoloFactory(territory=territory, commune=commune)
    SoloFactory(territory=territory, commune=foix, published=True)
    SoloFactory(territory=territory, commune=foix, state=SoloState.HIDDEN)
    SoloFactory(territory=territory, commune=foix, state=SoloState.ARCHIVED)
    SoloFactory(territory=territory, commune=None)

    with django_assert_num_queries(2):
        places = places_of(Solo.objects.all())

    assert places == [Place(foix, 2, 1), Place(others[1], 1, 0), Place(others[0], 1, 0)]
