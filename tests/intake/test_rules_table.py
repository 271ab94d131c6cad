"""docs/eligibility.md says what the rules say."""

from clinic.dev.management.commands.draw_rules import TARGET
from intake.rules.findings import RULES
from intake.rules.table import document


def test_the_page_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == document(), "run manage.py draw_rules"


def test_it_names_every_rule_once_with_source_and_way_out():
    page = document()
    for rule in RULES:
        rows = [line for line in page.splitlines() if line.startswith(f"| `{rule.code}` {rule.version}")]
        assert len(rows) == 1
        assert rule.source.replace("|", "/") in rows[0]
        assert rule.resolves in rows[0]
