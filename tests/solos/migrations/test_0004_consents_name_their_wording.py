"""Consents given before their words were kept lose nothing."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STEPS = ["0003_consent_uses", "0004_consents_name_their_wording", "0005_wording_required"]
# As it then was: a territory's logo was a file.
TERRITORIES = ("territoires", "0007_indexes_that_are_read")
GIVEN = datetime(2024, 5, 1, tzinfo=UTC)


def migrate(steps):
    """Step by step: what each wrote is checked before the next alters its table."""
    for step in steps:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        executor = MigrationExecutor(connection)
        executor.migrate([("solos", step), TERRITORIES])
    return executor.loader.project_state([("solos", steps[-1])]).apps


# All the later migrations are walked back first: long, and frozen since.
pytestmark = pytest.mark.trust


@pytest.fixture
def past(db):
    return migrate(STEPS[::-1])


def test_consents_keep_their_version_date_and_use(past):
    territory = past.get_model("territoires", "Territory").objects.create(
        name="Essai", slug="essai", in_name="à l’essai", agency_name="Agence"
    )
    solo = past.get_model("solos", "Solo").objects.create(
        territory=territory, slug="ana", published_fields=["name", "email"]
    )
    consents = past.get_model("solos", "FieldConsent").objects
    for field, version in (("name", "agence-1"), ("email", "2019")):
        consents.create(
            solo=solo, field=field, wording_version=version, means="paper", given_at=GIVEN
        )

    now = migrate(STEPS)

    rows = now.get_model("solos", "FieldConsent").objects.order_by("field")
    assert list(rows.values_list("field", "use", "wording__version", "given_at")) == [
        ("email", "page", "2019", GIVEN),
        ("name", "page", "agence-1", GIVEN),
    ]
    wordings = now.get_model("registre", "ConsentWording").objects
    assert wordings.exclude(version="agence-1").get().use == "page"
    kept = now.get_model("solos", "Solo").objects.get()
    assert (kept.published_fields, kept.open_fields) == (["name", "email"], [])

    before = migrate(STEPS[::-1]).get_model("solos", "FieldConsent").objects.order_by("field")
    assert list(before.values_list("field", "wording_version")) == [
        ("email", "2019"),
        ("name", "agence-1"),
    ]
