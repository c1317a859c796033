"""What a browser forgives and a validator does not."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path("templates")
RULES = {
    "an attribute of htmx without `data-`": re.compile(r"[\s\"']hx-[a-z]"),
    "a heading that holds a status": re.compile(
        r"<h([1-6])\b(?:(?!</h\1>).)*role=\"status\"", re.DOTALL
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_templates_write_valid_html(rule):
    pages = TEMPLATES.rglob("*.html")

    assert [str(path) for path in pages if RULES[rule].search(path.read_text("utf-8"))] == []


def test_control_what_is_not_valid_is_seen():
    wrong = '<h2 id="a"><span role="status">3</span></h2><div hx-get="/">'

    assert all(rule.search(wrong) for rule in RULES.values())
