"""Write docs/states.md from the tables in force; the house test compares the two."""

from pathlib import Path

from django.core.management.base import BaseCommand

from clinic.states import MACHINES

TARGET = Path(__file__).resolve().parents[4] / "docs" / "states.md"
HEAD = """# State machines

Written by `manage.py draw_states` from the tables that guard the actions and the database triggers. A state without an
arrow out of it is an end.
"""


def diagram(machine):
    """One machine as a Mermaid state diagram, with the words people see beside the codes where they differ."""
    lines = [f"## {machine.name}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {machine.start}"]
    lines += [f"    {a} --> {b}" for a, to in machine.moves.items() for b in to]
    lines += [f"    {end} --> [*]" for end in machine.ends]
    words = [f"`{code}` {machine.label(code)}" for code in machine.moves if machine.label(code) != code]
    return "\n".join([*lines, "```", "", *([f"In words: {', '.join(words)}.", ""] if words else [])])


def document():
    """The whole page as text."""
    return HEAD + "\n" + "\n".join(diagram(MACHINES[name]) for name in sorted(MACHINES))


class Command(BaseCommand):
    help = "Write docs/states.md from the state tables."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        TARGET.write_text(document(), encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET.name}: {len(MACHINES)} machines.")
