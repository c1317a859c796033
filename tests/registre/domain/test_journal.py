from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from comptes.models import User
from registre.domain.journal import purge_journal, write_journal
from registre.enums import JournalAct
from registre.models import JournalEntry
from solos.models import Solo
from tests.factories import JournalEntryFactory, SoloFactory, UserFactory
from tests.registre.application_role import APPLICATION_ROLE

RIGHTS = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]


def rights(table: str) -> list[str]:
    """What the role that serves the site may do with a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r FROM unnest(%s::text[]) AS r WHERE has_table_privilege(%s, %s, r)",
            [RIGHTS, APPLICATION_ROLE, table],
        )
        return [right for (right,) in cursor.fetchall()]


def test_journal_is_insert_only_for_the_application(db):
    assert rights("registre_journalentry") == ["SELECT", "INSERT"]


def test_right_to_rewrite_would_be_seen(db):
    """Control: any other table may be rewritten, and so might the journal if it were granted."""
    assert rights("solos_solo") == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT UPDATE ON registre_journalentry TO "{APPLICATION_ROLE}"')

    assert rights("registre_journalentry") == ["SELECT", "INSERT", "UPDATE"]


def test_write_journal_says_who_did_what_to_which_record(territory):
    solo, officer = SoloFactory(territory=territory), UserFactory()

    entry = write_journal(
        act=JournalAct.EDITED,
        model=Solo,
        user=officer,
        key=solo.pk,
        territory=territory.pk,
        fields=["phone", "email", "email"],
        path="/gestion/" + "x" * 400,
    )

    entry.refresh_from_db()
    assert (entry.user, entry.territory, entry.model) == (officer, territory, "solos.Solo")
    assert (entry.object_key, entry.fields, entry.rows) == (str(solo.pk), ["email", "phone"], 1)
    assert len(entry.path) == 300
    assert str(entry) == f"modification – solos.Solo {solo.pk}"


def test_write_journal_of_the_system_names_nobody(db):
    entry = write_journal(act=JournalAct.EXPORTED, model=Solo, rows=12)

    assert (entry.user, entry.object_key, entry.rows) == (None, "", 12)


def test_account_may_go_its_lines_stay(db):
    entry = JournalEntryFactory()
    gone = entry.user_id

    User.objects.get(pk=gone).delete()

    assert JournalEntry.objects.get().user_id == gone


def test_purge_journal_removes_what_is_a_year_old(db):
    now = timezone.now()
    for days in (1, 366, 368):
        JournalEntryFactory(at=now - timedelta(days=days), object_key=str(days))

    assert purge_journal() == 1
    assert set(JournalEntry.objects.values_list("object_key", flat=True)) == {"1", "366"}


@pytest.mark.parametrize("before", ["now()", "now() - interval '11 months'", "NULL"])
def test_younger_lines_are_refused_by_the_database_itself(db, before):
    JournalEntryFactory()

    with (
        pytest.raises(DatabaseError, match="kept for twelve months"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT registre_purge_journal({before})")

    assert JournalEntry.objects.count() == 1
