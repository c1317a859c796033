from registre.enums import JournalAct
from registre.models import JournalEntry
from tests.factories import UserFactory


def test_sign_in_of_the_team_is_written_down_that_of_a_member_is_not(client, db):
    officer, member = UserFactory(officer=True), UserFactory()

    for user in (officer, member):
        client.force_login(user)

    assert list(JournalEntry.objects.values_list("user", "act", "object_key")) == [
        (officer.pk, JournalAct.SIGNED_IN, str(officer.pk))
    ]
