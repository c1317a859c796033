import pytest
from django.core.management import CommandError, call_command

from registre.domain.erasure import erase_person
from registre.enums import ErasureReason
from registre.models import Erasure
from solos.models import Solo
from tests.factories import SoloFactory


def replay(capsys, **options):
    call_command("replay_erasures", **options)
    return capsys.readouterr().out.strip()


def test_restored_person_is_erased_from_the_file(
    territory, settings, tmp_path, capsys, django_capture_on_commit_callbacks
):
    settings.ERASURE_LEDGER = str(tmp_path / "ledger.jsonl")
    solo = SoloFactory(territory=territory)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(row=solo, reason=ErasureReason.REQUEST)
    Erasure.objects.all().delete()
    Solo.objects.update(first_name="Claude")

    assert replay(capsys, ledger=tmp_path / "ledger.jsonl") == "1 effacements rejoués."
    assert replay(capsys, ledger=tmp_path / "ledger.jsonl") == "Personne n’est revenu."
    assert Solo.objects.get().first_name == "Personne"


@pytest.mark.parametrize("ledger", [None, "absent"])
def test_without_a_file_the_database_serves(territory, tmp_path, ledger, capsys):
    erase_person(row=SoloFactory(territory=territory), reason=ErasureReason.REQUEST)
    Solo.objects.update(first_name="Claude")

    assert replay(capsys, ledger=ledger and tmp_path / ledger) == "1 effacements rejoués."


def test_unreadable_file_is_said_and_changes_nothing(territory, tmp_path):
    SoloFactory(territory=territory)
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_text("{")

    with pytest.raises(CommandError, match="illisible"):
        call_command("replay_erasures", ledger=ledger)

    assert Solo.objects.get().first_name == "Claude"
