from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from registre.domain.errors import UnknownWording
from registre.enums import ConsentMeans, ConsentUse
from solos.domain.errors import AlreadyWithdrawn, ConsentMissing
from solos.domain.publication import (
    hide_solo,
    identify_solo,
    publish_solo,
    record_consent,
    withdraw_consent,
    withdraw_solo,
)
from solos.enums import PublicField, SoloState
from solos.models import FieldConsent, Solo
from tests.factories import FieldConsentFactory, OrganisationFactory, SoloFactory

WORDING = {"wording_version": "agence-1", "means": ConsentMeans.FORM}


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


OPEN = {"use": ConsentUse.OPEN_DATA, **WORDING}
BOTH = [PublicField.NAME, PublicField.EMAIL]


def in_force(solo: Solo) -> list[tuple[str, str]]:
    rows = solo.consents.filter(withdrawn_at=None).order_by("use", "field")
    return list(rows.values_list("use", "field"))


def test_page_alone_opens_nothing(territory):
    solo = record_consent(solo=SoloFactory(territory=territory), fields=BOTH, **WORDING)
    solo = publish_solo(solo=solo)

    assert solo.open_fields == []
    assert list(Solo.objects.in_open_data()) == []


def test_open_data_is_agreed_to_apart(territory, officer):
    solo = record_consent(solo=SoloFactory(territory=territory), fields=BOTH, **WORDING)

    solo = record_consent(solo=solo, fields=[PublicField.NAME], recorded_by=officer, **OPEN)
    solo = publish_solo(solo=solo)

    assert (solo.published_fields, solo.open_fields) == (BOTH, [PublicField.NAME])
    assert (solo.opens(PublicField.NAME), solo.opens(PublicField.EMAIL)) == (True, False)
    assert list(Solo.objects.in_open_data()) == [solo]
    consent = solo.consents.get(use=ConsentUse.OPEN_DATA)
    assert (consent.recorded_by, consent.wording.use) == (officer, ConsentUse.OPEN_DATA)


def test_open_data_says_nothing_that_the_page_hides(territory):
    solo = record_consent(solo=SoloFactory(territory=territory), fields=BOTH, **OPEN)
    assert (solo.published_fields, solo.open_fields) == ([], [])

    solo = record_consent(solo=solo, fields=[PublicField.NAME], **WORDING)

    assert solo.open_fields == [PublicField.NAME]


def test_open_data_is_searched_by_its_own_words(territory):
    solo = SoloFactory(
        territory=territory,
        presentation="Je restaure des clavecins",
        published=True,
        open_fields=[PublicField.NAME],
    )

    assert list(Solo.objects.matching("clavecins")) == [solo]
    assert list(Solo.objects.matching_in_open_data("clavecins")) == []
    assert list(Solo.objects.matching_in_open_data("claude")) == [solo]


def test_database_refuses_to_open_what_is_not_shown(territory):
    solo = SoloFactory(territory=territory, published=True)

    with pytest.raises(IntegrityError, match="solo_open_only_if_published"), atomic():
        Solo.objects.filter(pk=solo.pk).update(published_fields=[PublicField.NAME])

    solo.refresh_from_db()
    assert solo.published_fields == list(PublicField)


def test_consent_to_unknown_words_records_nothing(territory):
    solo = SoloFactory(territory=territory)

    with pytest.raises(UnknownWording):
        record_consent(solo=solo, fields=BOTH, wording_version="inconnue", means=ConsentMeans.FORM)

    assert FieldConsent.objects.count() == 0


def test_withdraw_consent_ends_one_use_of_one_field(territory):
    solo = SoloFactory(territory=territory, published=True, published_fields=BOTH)

    solo = withdraw_consent(solo=solo, use=ConsentUse.OPEN_DATA, fields=[PublicField.EMAIL])

    assert (solo.published_fields, solo.open_fields) == (BOTH, [PublicField.NAME])
    assert (solo.state, in_force(solo)) == (
        SoloState.PUBLISHED,
        [("open_data", "name"), ("page", "email"), ("page", "name")],
    )


def test_withdraw_consent_for_the_page_leaves_the_other_consent(territory):
    solo = SoloFactory(territory=territory, published=True, published_fields=BOTH)

    solo = withdraw_consent(solo=solo, use=ConsentUse.PAGE, fields=[PublicField.EMAIL])

    assert (solo.published_fields, solo.open_fields) == ([PublicField.NAME], [PublicField.NAME])
    assert ("open_data", "email") in in_force(solo)


def test_withdraw_consent_for_the_name_hides(territory, officer):
    solo = SoloFactory(territory=territory, published=True)

    solo = withdraw_consent(
        solo=solo, use=ConsentUse.PAGE, fields=[PublicField.NAME], author=officer
    )

    assert solo.state == SoloState.HIDDEN
    assert solo.state_changes.latest("pk").author == officer
    assert list(Solo.objects.published()) == list(Solo.objects.in_open_data()) == []


def test_withdraw_consent_in_the_past_keeps_its_day(territory):
    solo = SoloFactory(territory=territory)
    given = datetime(2006, 1, 1, tzinfo=UTC)
    record_consent(solo=solo, fields=BOTH, at=given, **WORDING)

    withdraw_consent(
        solo=solo, use=ConsentUse.PAGE, fields=[PublicField.EMAIL], on=date(2012, 5, 1)
    )

    consent = solo.consents.get(field=PublicField.EMAIL)
    assert consent.withdrawn_at == datetime(2012, 4, 30, 22, tzinfo=UTC)


def test_withdraw_solo_ends_every_use(territory):
    organisation = OrganisationFactory(territory=territory)
    solo = SoloFactory(territory=territory, published=True, published_fields=BOTH)
    FieldConsentFactory(solo=solo, use=ConsentUse.TRANSMISSION, field="", recipient=organisation)

    solo = withdraw_solo(solo=solo)

    assert (in_force(solo), solo.open_fields) == ([], [])


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
