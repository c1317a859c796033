from datetime import timedelta

from django.utils import timezone

from registre.models import JournalEntry
from registre.tasks import purge_journal
from tests.factories import JournalEntryFactory


def test_purge_journal_twice_forgets_once(db):
    JournalEntryFactory(at=timezone.now() - timedelta(days=400))

    assert [purge_journal.delay().get() for _turn in range(2)] == [1, 0]
    assert JournalEntry.objects.count() == 0
