"""What the database itself refuses of a consent, whoever writes it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from registre.enums import ConsentUse
from solos.models import FieldConsent
from tests.factories import FieldConsentFactory, OrganisationFactory, SoloFactory
from tests.registre.application_role import APPLICATION_ROLE

GIVEN = datetime(2026, 1, 1, tzinfo=UTC)


def refused(constraint, **consent):
    before = FieldConsent.objects.count()
    with pytest.raises(IntegrityError, match=constraint), atomic():
        FieldConsentFactory(**consent)
    assert FieldConsent.objects.count() == before


def test_one_in_force_per_use_and_field(territory):
    solo = SoloFactory(territory=territory)
    FieldConsentFactory(solo=solo, given_at=GIVEN, withdrawn_at=GIVEN)
    FieldConsentFactory(solo=solo)
    FieldConsentFactory(solo=solo, use=ConsentUse.OPEN_DATA)
    FieldConsentFactory(solo=SoloFactory(territory=territory))

    refused("one_in_force", solo=solo)


def test_one_in_force_per_recipient(territory):
    solo, chamber, fund = (
        SoloFactory(territory=territory),
        OrganisationFactory(territory=territory),
        OrganisationFactory(territory=territory),
    )
    for recipient in (chamber, fund):
        FieldConsentFactory(solo=solo, use=ConsentUse.TRANSMISSION, field="", recipient=recipient)

    refused(
        "one_per_recipient", solo=solo, use=ConsentUse.TRANSMISSION, field="", recipient=chamber
    )


@pytest.mark.parametrize("use", [ConsentUse.PAGE, ConsentUse.OPEN_DATA])
def test_recipient_is_for_transmissions_alone(use, territory):
    recipient = OrganisationFactory(territory=territory)

    refused("recipient_if_transmitted", use=use, recipient=recipient)


def test_transmission_names_its_recipient(territory):
    refused("recipient_if_transmitted", use=ConsentUse.TRANSMISSION, field="")


def test_withdrawal_never_precedes_the_consent(territory):
    refused(
        "withdrawn_after_given", given_at=GIVEN, withdrawn_at=datetime(2025, 12, 31, tzinfo=UTC)
    )


@pytest.mark.parametrize("use", [ConsentUse.PAGE, ConsentUse.OPEN_DATA])
def test_consent_to_show_names_a_field(use, territory):
    refused("consent_to_show_names_a_field", use=use, field="")


def test_words_are_insert_only_for_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r FROM unnest(%s::text[]) AS r WHERE has_table_privilege(%s, %s, r)",
            [["SELECT", "INSERT", "UPDATE", "DELETE"], APPLICATION_ROLE, "registre_consentwording"],
        )
        assert cursor.fetchall() == [("SELECT",), ("INSERT",)]


@pytest.mark.parametrize(
    ("consent", "words"),
    [
        ({"field": "email"}, "e-mail"),
        ({"use": ConsentUse.TRANSMISSION, "field": ""}, "transmission à un organisme"),
    ],
)
def test_consent_says_what_it_is_for(consent, words):
    assert str(FieldConsent(**consent)) == words
