"""A filter holds what its owner looks for: a name, an address."""

from comptes.models import SavedFilter
from registre.domain.erasure import erase_person
from registre.enums import ErasureReason
from tests.factories import SavedFilterFactory, UserFactory


def left_without(user) -> list[str]:
    erase_person(row=user, reason=ErasureReason.REQUEST)
    return [saved.name for saved in SavedFilter.objects.order_by("name")]


def test_filters_of_an_account_are_erased_with_it(territory):
    SavedFilterFactory(name="Gardé")
    erased = SavedFilterFactory(name="Effacé").user

    assert left_without(erased) == ["Gardé"]


def test_filters_of_others_that_look_for_someone_are_erased_with_them(territory):
    erased = UserFactory(email="ana+solo@exemple.fr")
    SavedFilterFactory(name="Une autre", query="q=bob%40exemple.fr")
    SavedFilterFactory(name="Elle", query="o=1&q=Ana%2BSolo%40exemple.fr")

    assert left_without(erased) == ["Une autre"]
