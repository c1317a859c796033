import re
from pathlib import Path

import pytest

from portail.demo.content import CONTENT, table, territories

FILES = sorted(path for path in CONTENT.rglob("*") if path.is_file())
ENGLISH = re.compile(r'^\w+_en = ("""\n.*?"""|".*?"$)', re.MULTILINE | re.DOTALL)


def french_lines(path: Path) -> list[str]:
    """What is read in French: neither comments nor the English columns."""
    if path.name.endswith(".en.md"):
        return []
    lines = ENGLISH.sub("", path.read_text(encoding="utf-8")).splitlines()
    return [line for line in lines if path.suffix == ".md" or not line.startswith("#")]


def test_territories_are_folders():
    assert territories() == ["ariege", "gers"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_french_content_has_french_typography(path):
    """No straight apostrophe; a space that does not break before the high signs."""
    assert [line for line in french_lines(path) if re.search(r"\w'\w| [;:!?»]|« ", line)] == []


def test_trades_are_two_levels_without_a_name_twice():
    sectors = table("trades")["sectors"]
    trades = [trade for sector in sectors for trade in sector["trades"]]

    assert (len(sectors), len(trades)) == (10, 42)
    for rows in (sectors, trades):
        for field in ("slug", "name", "name_en"):
            assert len({row[field] for row in rows}) == len(rows)
