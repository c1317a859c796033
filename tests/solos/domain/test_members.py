import pytest

from registre.domain.wordings import current_wording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.members import FOR_MEMBERS, as_members_see, is_member
from solos.domain.publication import record_consent, withdraw_consent, withdraw_solo
from solos.enums import PublicField, SoloState
from solos.models import Solo
from tests.factories import SoloFactory, TerritoryFactory, UserFactory


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (SoloState.IDENTIFIED, False),
        (SoloState.INVITED, True),
        (SoloState.PUBLISHED, True),
        (SoloState.HIDDEN, True),
        (SoloState.WITHDRAWN, False),
        (SoloState.ARCHIVED, False),
    ],
)
def test_is_member_while_in_the_network(territory, state, expected):
    shown = [PublicField.NAME] if state == SoloState.PUBLISHED else []
    solo = SoloFactory(territory=territory, user=UserFactory(), state=state, published_fields=shown)

    assert is_member(solo.user, territory) == expected
    assert not is_member(solo.user, TerritoryFactory())
    assert not is_member(UserFactory(), territory)


def test_as_members_see_adds_what_is_theirs_and_saves_nothing(territory):
    solo = SoloFactory(
        territory=territory,
        state=SoloState.PUBLISHED,
        published_fields=[PublicField.NAME, PublicField.EMAIL],
        member_fields=[PublicField.EMAIL, PublicField.PHONE],
    )

    seen = as_members_see(solo)

    assert seen.published_fields == [PublicField.NAME, PublicField.EMAIL, PublicField.PHONE]
    assert solo.published_fields == [PublicField.NAME, PublicField.EMAIL]
    assert Solo.objects.get().published_fields == [PublicField.NAME, PublicField.EMAIL]


def agree(solo, field):
    return record_consent(
        solo=solo,
        fields=[field],
        use=ConsentUse.MEMBERS,
        wording_version=current_wording(ConsentUse.MEMBERS).version,
        means=ConsentMeans.FORM,
    )


def test_member_fields_follow_their_own_consents(territory):
    solo = SoloFactory(territory=territory, published=True, published_fields=[PublicField.NAME])

    solo = agree(solo, PublicField.PHONE)
    assert (solo.member_fields, solo.published_fields) == (["phone"], ["name"])
    solo = withdraw_consent(solo=solo, use=ConsentUse.MEMBERS, fields=[PublicField.PHONE])
    assert solo.member_fields == []
    solo = withdraw_solo(solo=agree(solo, PublicField.PHONE))
    assert (solo.member_fields, solo.state) == ([], SoloState.WITHDRAWN)


def test_name_and_photo_are_for_all_or_nobody():
    assert set(PublicField) - set(FOR_MEMBERS) == {PublicField.NAME, PublicField.PHOTO}
