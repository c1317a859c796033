from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from solos.domain.duplicates import (
    choose_double,
    find_doubles,
    keep_doubles,
    keep_recent_doubles,
    tell_apart,
)
from solos.enums import DoubleReason, SoloState
from solos.models import PossibleDouble, Solo
from tests.factories import CommuneFactory, SoloFactory, TerritoryFactory

EMAIL, PHONE, SIRET = DoubleReason.EMAIL, DoubleReason.PHONE, DoubleReason.SIRET
NAME, CHOSEN = DoubleReason.NAME, DoubleReason.CHOSEN
FOIX = Point(1.6053, 42.9658, srid=4326)
NEARBY = Point(1.65, 43.0, srid=4326)
FAR = Point(1.0, 43.0, srid=4326)


@pytest.fixture
def ana(territory):
    return SoloFactory(
        territory=territory,
        first_name="Ana",
        last_name="Ruiz-Núñez",
        commune=CommuneFactory(centre=FOIX),
        email="ana@exemple.fr",
        phone="+33561000001",
        siret="73282932000074",
    )


def entered(territory, **given):
    """Someone whom an officer types in, unsaved; strange to everyone but by `given`."""
    return Solo(territory=territory, **{"first_name": "Zoé", "last_name": "Quillien"} | given)


def reasons(solo):
    return [(double.solo, double.reasons) for double in find_doubles(solo=solo)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"email": "ANA@Exemple.fr"}, (EMAIL,)),
        ({"phone": "+33561000001"}, (PHONE,)),
        ({"siret": "73282932000074"}, (SIRET,)),
        ({"email": "ana@exemple.fr", "phone": "+33561000001"}, (EMAIL, PHONE)),
        ({"first_name": "ANNA", "last_name": "ruiz nunez"}, (NAME,)),
        ({"first_name": "Ruiz-Nunez", "last_name": "Ana"}, (NAME,)),
        ({"first_name": "Ana", "last_name": "Ruiz-Nunes", "email": "ana@exemple.fr"},
         (EMAIL, NAME)),
    ],
)  # fmt: skip
def test_double_is_found_by_what_both_say(given, why, territory, ana):
    assert reasons(entered(territory, **given)) == [(ana, why)]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"email": "ana@exemple.com", "phone": "+33561000002"},
        {"first_name": "Ana", "last_name": "Martinez"},
    ],
)
def test_stranger_is_no_double(given, territory, ana):
    assert reasons(entered(territory, **given)) == []


def test_empty_contact_is_not_the_same_contact(territory):
    SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz")

    assert reasons(entered(territory)) == []


@pytest.mark.parametrize(("centre", "is_found"), [(NEARBY, True), (FAR, False), (None, False)])
def test_name_counts_near_the_commune(centre, is_found, territory, ana):
    here = CommuneFactory(centre=centre)
    namesake = entered(territory, first_name="Ana", last_name="Ruiz-Núñez", commune=here)

    assert reasons(namesake) == ([(ana, (NAME,))] if is_found else [])


def test_name_of_who_lives_who_knows_where_counts(territory):
    ana = SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz", commune=None)
    here = CommuneFactory(centre=FAR)

    namesake = entered(territory, first_name="Ana", last_name="Ruiz", commune=here)
    assert reasons(namesake) == [(ana, (NAME,))]


def test_far_namesake_of_the_same_address_is_one_by_the_address(territory, ana):
    given = {"first_name": "Ana", "last_name": "Ruiz-Núñez", "email": "ana@exemple.fr"}

    far = entered(territory, commune=CommuneFactory(centre=FAR), **given)
    assert reasons(far) == [(ana, (EMAIL,))]


def test_row_of_another_territory_is_never_told(territory, ana):
    other = TerritoryFactory()

    assert reasons(entered(other, email=ana.email, first_name="Ana", last_name="Ruiz-Núñez")) == []


def test_who_left_is_no_double(territory, ana):
    Solo.objects.filter(pk=ana.pk).update(state=SoloState.WITHDRAWN)

    assert reasons(entered(territory, email=ana.email)) == []


def test_sure_doubles_come_first_and_are_ten_at_most(territory, ana):
    for number in range(12):
        SoloFactory(territory=territory, first_name="Ana", last_name=f"Ruiz{number}", commune=None)

    found = find_doubles(
        solo=entered(territory, first_name="Ana", last_name="Ruiz", email=ana.email)
    )
    assert len(found) == 10
    assert found[0].solo == ana


def test_record_is_not_its_own_double(ana):
    assert reasons(ana) == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_whatever_is_found(count, territory, ana, django_assert_num_queries):
    for _ in range(count):
        SoloFactory(territory=territory, email="b@exemple.fr")
    looked_for = SoloFactory(territory=territory, email="b@exemple.fr", commune=ana.commune)

    # The communes near, a savepoint, the likeness asked for, the rows, its end, who was told apart.
    with django_assert_num_queries(6):
        assert len(find_doubles(solo=looked_for)) == count


# ---- The list of pairs ----------------------------------------------------------------------
def pairs():
    rows = PossibleDouble.objects.order_by("pk")
    return [(pair.first, pair.second, pair.reasons) for pair in rows]


def test_pair_is_kept_once_lower_key_first(territory, ana):
    twin = SoloFactory(territory=territory, email="Ana@exemple.fr")

    for _ in range(2):
        keep_doubles(solo=twin)
        keep_doubles(solo=ana)

    assert pairs() == [(ana, twin, [EMAIL])]
    assert PossibleDouble.objects.get().territory == territory


def test_pair_that_looks_alike_no_more_leaves_the_list(territory, ana):
    twin = SoloFactory(territory=territory, email=ana.email)
    keep_doubles(solo=twin)
    twin.email = "autre@exemple.fr"
    twin.save()

    keep_doubles(solo=twin)

    assert pairs() == []


def test_reasons_follow_the_records(territory, ana):
    twin = SoloFactory(territory=territory, email=ana.email)
    keep_doubles(solo=twin)
    twin.phone = ana.phone
    twin.save()

    keep_doubles(solo=twin)

    assert pairs() == [(ana, twin, [EMAIL, PHONE])]


def test_chosen_pair_stays_though_nothing_is_alike(territory, ana):
    other = SoloFactory(territory=territory)

    pair = choose_double(solo=other, other=ana)
    keep_doubles(solo=ana)

    assert choose_double(solo=ana, other=other) == pair
    assert pairs() == [(ana, other, [CHOSEN])]


def test_pair_told_apart_is_asked_about_no_more(territory, officer, ana):
    twin = SoloFactory(territory=territory, email=ana.email)
    keep_doubles(solo=twin)

    pair = tell_apart(pair=PossibleDouble.objects.get(), author=officer)

    assert pair.distinct_by == officer
    assert list(PossibleDouble.objects.open()) == []
    assert (reasons(twin), reasons(ana)) == ([], [])
    keep_doubles(solo=twin)
    assert pairs() == [(ana, twin, [EMAIL])]


def test_pair_is_told_apart_once(territory, officer, ana):
    pair = choose_double(solo=ana, other=SoloFactory(territory=territory))
    moment = tell_apart(pair=pair, author=officer).distinct_at

    assert tell_apart(pair=pair, author=officer).distinct_at == moment


def test_pair_of_who_left_is_not_open(territory, ana):
    twin = SoloFactory(territory=territory, email=ana.email)
    keep_doubles(solo=twin)
    Solo.objects.filter(pk=twin.pk).update(state=SoloState.WITHDRAWN)

    assert list(PossibleDouble.objects.open()) == []


def test_what_changed_of_late_is_looked_at(territory, ana):
    twin = SoloFactory(territory=territory, email=ana.email)
    Solo.objects.filter(pk=ana.pk).update(updated_at=timezone.now() - timedelta(days=9))

    assert keep_recent_doubles() == 1

    assert pairs() == [(ana, twin, [EMAIL])]
