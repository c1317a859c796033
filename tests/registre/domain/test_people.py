import pytest

from registre.domain.errors import NotAPerson
from registre.domain.people import person_of, rows_of_person
from tests.factories import SectorFactory, SoloFactory, UserFactory, VillageReferentFactory


def test_person_is_the_same_from_each_of_their_records(territory):
    user = UserFactory()
    solo = SoloFactory(territory=territory, user=user)
    referents = [VillageReferentFactory(user=user) for _turn in range(2)]
    SoloFactory(territory=territory, user=UserFactory())
    VillageReferentFactory()

    everything = {user, solo, *referents}

    for row in everything:
        assert set(rows_of_person(row)) == everything
        assert rows_of_person(row)[0] == row


def test_person_without_account_is_one_record(territory):
    solo = SoloFactory(territory=territory)
    SoloFactory(territory=territory)

    assert rows_of_person(solo) == [solo]


def test_person_is_reached_at_the_addresses_of_today_and_of_old(territory):
    solo = SoloFactory(territory=territory, email="Ancienne@exemple.fr")
    solo.email = "nouvelle@exemple.fr"
    solo.save()
    solo.user = UserFactory(email="compte@exemple.fr")
    solo.save()
    VillageReferentFactory(user=solo.user, email="")

    person = person_of(solo)

    assert person.addresses == {"ancienne@exemple.fr", "nouvelle@exemple.fr", "compte@exemple.fr"}
    assert person.keys_of("solos.Solo") == {solo.pk}


def test_what_is_not_a_person_is_refused(db):
    sector = SectorFactory()

    for ask in (person_of, rows_of_person):
        with pytest.raises(NotAPerson):
            ask(sector)
