"""Write docs/trust-tests.md from the names of the tests; a house test compares the two, and that no id goes untried."""

import re

from django.core.management.base import BaseCommand

from clinic.dev import standards, trust

TARGET = trust.ROOT / "docs" / "trust-tests.md"
HEAD = """# What is tried, by id

Written by `manage.py draw_trust` from the names of the tests, each of which carries its id. One of them by itself:
`./test -k atk_18`; a drill: `./test --drills -k rel_09`. What it comes to, with the figures: [trust.md](trust.md).
"""


def _section(title, first, rows):
    head = [f"## {title}", "", f"| id | {first} | tests |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _said(paths):
    return ", ".join(f"`{path}`" for path in paths)


def _line(one, words, held, found):
    """One line of the standards: its own tests, then what else holds it."""
    tests = ", ".join(f"`{name.replace('::', '::test_')}`" if "/" in name else f"see {name}" for name in held)
    return f"| {one} | {words} | {', '.join(filter(None, [_said(found.get(one, [])), tests]))} |"


def _lines(found, known):
    untold = {one: ("", []) for one in found if one not in known}
    lines = untold | standards.LINES
    return [_line(one, *lines[one], found) for one in sorted(lines, key=_in_order)]


def _in_order(ident):
    """V1.2.9 before V1.2.10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", ident)]


def document():
    """The whole page as text."""
    found = trust.files_by_id()
    parts = [
        _section(title, first, [f"| {one} | {words} | {_said(found.get(one, []))} |" for one, words in titles.items()])
        for title, first, titles in (
            ("Attacks that must fail", "what is tried", trust.ATTACKS),
            ("Failures that must cost nothing", "what happens", trust.FAILURES),
            ("Links to patients", "what holds", trust.LINKS),
        )
    ]
    gates = [
        f"| {one} | {words} | {f'see {held}' if held != one else _said(found.get(one, []))} |"
        for one, (words, held) in trust.GATES.items()
    ]
    known = {*trust.ATTACKS, *trust.FAILURES, *trust.LINKS, *trust.GATES}
    lines = _section("Single lines of the standards", "what holds", _lines(found, known))
    return "\n".join([HEAD, *parts, _section("Gates", "what holds", gates), lines])


class Command(BaseCommand):
    help = "Write docs/trust-tests.md from the names of the tests."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        TARGET.write_text(document(), encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET.name}: {len(trust.files_by_id())} ids.")
