import pytest
from django.urls import reverse

from registre.admin.journal import JournalEntryAdmin
from registre.models import JournalEntry
from tests.factories import JournalEntryFactory, TelecentreGrantFactory, UserFactory

LIST = reverse("admin:registre_journalentry_changelist")
REGISTER = reverse("admin:registre_register")


def test_journal_is_read_and_never_typed(territory, officer_client):
    entry = JournalEntryFactory()
    change = reverse("admin:registre_journalentry_change", args=[entry.pk])

    assert officer_client.post(change, {"path": "autre"}).status_code == 403
    assert officer_client.post(
        reverse("admin:registre_journalentry_delete", args=[entry.pk]), {"post": "yes"}
    ).status_code == 403  # fmt: skip
    assert officer_client.get(reverse("admin:registre_journalentry_add")).status_code == 403

    entry.refresh_from_db()
    assert entry.path == "/gestion/solos/solo/"


def test_whoever_reads_the_journal_is_in_it(territory, officer, officer_client):
    JournalEntry.objects.all().delete()

    officer_client.get(LIST)

    assert list(JournalEntry.objects.values_list("user", "act", "model")) == [
        (officer.pk, "read", "registre.JournalEntry")
    ]


def test_journal_is_closed_to_the_team_that_it_watches(territory, client):
    client.force_login(TelecentreGrantFactory().user)

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(("model", "words"), [("solos.Solo", "solo"), ("ancien.Modele", None)])
def test_kind_is_said_in_words_while_the_model_lasts(model, words):
    shown = JournalEntryAdmin.kind(None, JournalEntry(model=model))

    assert shown == (words or model)


def test_line_of_an_account_that_is_gone_is_still_listed(territory, officer_client):
    entry = JournalEntryFactory()
    entry.user.delete()

    assert officer_client.get(LIST).status_code == 200


def test_register_says_why_and_how_long_to_all_of_the_team(territory, client):
    client.force_login(TelecentreGrantFactory().user)

    page = client.get(REGISTER).content.decode()

    for words in (
        "personnes au foyer",
        "Recenser les solos et suivre le programme",
        "mission d’intérêt public",
        "deux ans sans connexion, après un avis un mois avant",
    ):
        assert words in page


def test_register_is_closed_to_others(territory, client):
    client.force_login(UserFactory())

    assert client.get(REGISTER).status_code == 302
