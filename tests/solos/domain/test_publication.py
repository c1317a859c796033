from datetime import UTC, date, datetime

import pytest

from solos.domain.errors import AlreadyWithdrawn, ConsentMissing
from solos.domain.publication import (
    hide_solo,
    identify_solo,
    publish_solo,
    record_consent,
    withdraw_solo,
)
from solos.enums import ConsentMeans, PublicField, SoloState
from solos.models import FieldConsent, Solo
from tests.factories import SoloFactory

WORDING = {"wording_version": "1", "means": ConsentMeans.FORM}


def states(solo: Solo) -> list[tuple[str, date]]:
    return list(solo.state_changes.values_list("state", "changed_on"))


def test_identify_solo_shows_nothing(territory):
    solo = identify_solo(
        territory=territory, first_name="Ana", last_name="Ruiz", on=date(2006, 1, 5)
    )

    assert solo.slug == "ana-ruiz"
    assert solo.published_fields == []
    assert states(solo) == [(SoloState.IDENTIFIED, date(2006, 1, 5))]
    assert list(Solo.objects.published()) == []


def test_identify_solo_same_name_takes_next_slug(territory):
    slugs = [
        identify_solo(territory=territory, first_name="Ana", last_name="Ruiz").slug
        for _ in range(3)
    ]

    assert slugs == ["ana-ruiz", "ana-ruiz-2", "ana-ruiz-3"]


def test_publish_solo_without_consent_changes_nothing(territory):
    solo = SoloFactory(territory=territory)

    with pytest.raises(ConsentMissing):
        publish_solo(solo=solo)

    solo.refresh_from_db()
    assert solo.state == SoloState.IDENTIFIED
    assert solo.state_changes.count() == 1


def test_publish_solo_shows_only_fields_agreed_to(territory):
    solo = SoloFactory(territory=territory, phone="+33561000000", trade_name="Atelier Ruiz")
    record_consent(solo=solo, fields=[PublicField.NAME, PublicField.TRADE_NAME], **WORDING)

    solo = publish_solo(solo=solo)

    assert [field for field in PublicField if solo.shows(field)] == [
        PublicField.NAME,
        PublicField.TRADE_NAME,
    ]


def test_publish_solo_twice_is_one_publication(territory):
    solo = SoloFactory(territory=territory)
    record_consent(solo=solo, fields=[PublicField.NAME], **WORDING)

    publish_solo(solo=publish_solo(solo=solo))

    states = solo.state_changes.order_by("pk").values_list("state", flat=True)
    assert list(states) == [SoloState.IDENTIFIED, SoloState.PUBLISHED]


def test_search_finds_no_word_of_a_field_not_agreed_to(territory):
    solo = SoloFactory(
        territory=territory, presentation="Je restaure des clavecins", skills=["ébénisterie"]
    )
    record_consent(solo=solo, fields=[PublicField.NAME, PublicField.SKILLS], **WORDING)
    publish_solo(solo=solo)

    assert list(Solo.objects.published().matching("ebenisterie")) == [solo]
    assert list(Solo.objects.published().matching("clavecins")) == []


def test_record_consent_twice_keeps_one_record(territory):
    solo = SoloFactory(territory=territory)

    record_consent(solo=solo, fields=[PublicField.NAME], **WORDING)
    solo = record_consent(solo=solo, fields=[PublicField.NAME, PublicField.EMAIL], **WORDING)

    assert solo.published_fields == [PublicField.NAME, PublicField.EMAIL]
    assert FieldConsent.objects.filter(solo=solo).count() == 2


def test_hide_solo_keeps_consents(territory):
    solo = hide_solo(solo=SoloFactory(territory=territory, published=True))

    assert solo.state == SoloState.HIDDEN
    assert solo.published_fields == list(PublicField)
    assert list(Solo.objects.published()) == []


def test_withdraw_solo_takes_back_every_consent(territory):
    solo = withdraw_solo(solo=SoloFactory(territory=territory, published=True))

    assert solo.state == SoloState.WITHDRAWN
    assert solo.published_fields == []
    assert FieldConsent.objects.filter(withdrawn_at=None).count() == 0
    for act in (publish_solo, hide_solo):
        with pytest.raises(AlreadyWithdrawn):
            act(solo=solo)
    with pytest.raises(AlreadyWithdrawn):
        record_consent(solo=solo, fields=[PublicField.NAME], **WORDING)


def test_withdraw_solo_in_the_past_keeps_its_day(territory):
    solo = SoloFactory(territory=territory)
    for field, given_at in [
        (PublicField.NAME, datetime(2006, 1, 1, tzinfo=UTC)),
        (PublicField.EMAIL, datetime(2012, 5, 1, 12, tzinfo=UTC)),
    ]:
        record_consent(solo=solo, fields=[field], at=given_at, **WORDING)

    withdraw_solo(solo=solo, on=date(2012, 5, 1))

    assert dict(FieldConsent.objects.values_list("field", "withdrawn_at")) == {
        PublicField.NAME: datetime(2012, 4, 30, 22, tzinfo=UTC),
        PublicField.EMAIL: datetime(2012, 5, 1, 12, tzinfo=UTC),
    }


def test_in_state_on_counts_past_states(territory):
    solo = identify_solo(
        territory=territory, first_name="Ana", last_name="Ruiz", on=date(2006, 1, 5)
    )
    record_consent(solo=solo, fields=[PublicField.NAME], **WORDING)
    publish_solo(solo=solo, on=date(2006, 9, 1))

    def count(day: date, states: list[SoloState]) -> int:
        return Solo.objects.in_state_on(day, states).count()

    assert count(date(2006, 1, 4), SoloState.known()) == 0
    assert count(date(2006, 6, 30), SoloState.known()) == 1
    assert count(date(2006, 6, 30), [SoloState.PUBLISHED]) == 0
    assert count(date(2006, 9, 1), [SoloState.PUBLISHED]) == 1
