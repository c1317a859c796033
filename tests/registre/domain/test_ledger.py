import json

import pytest

from registre.domain.ledger import append_line, read_lines
from registre.enums import ErasureReason
from registre.models import Erasure


@pytest.fixture
def erasure(db):
    return Erasure.objects.create(reason=ErasureReason.REQUEST, keys=["a" * 64, "b" * 64])


def test_each_erasure_is_a_line_that_names_nobody(erasure, settings, tmp_path):
    settings.ERASURE_LEDGER = str(tmp_path / "ledger.jsonl")

    for _turn in range(2):
        append_line(erasure)

    lines = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"at": erasure.at.isoformat(), "reason": "request", "keys": ["a" * 64, "b" * 64]}
    ] * 2
    assert read_lines([*lines, "\n"]) == {"a" * 64: "request", "b" * 64: "request"}


def test_no_file_is_written_without_a_place(erasure, settings):
    settings.ERASURE_LEDGER = ""

    assert append_line(erasure) is None


def test_file_that_cannot_be_written_stops_nothing(erasure, settings, tmp_path, caplog):
    settings.ERASURE_LEDGER = str(tmp_path / "nowhere" / "ledger.jsonl")

    append_line(erasure)

    assert "erasure_not_in_ledger" in caplog.text


@pytest.mark.parametrize("line", ["{", "[]", '{"at": "2026"}'])
def test_line_that_is_none_is_refused(line):
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_lines([line])
