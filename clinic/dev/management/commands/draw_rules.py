"""Write docs/eligibility.md from the rules in force; a test compares the two."""

from pathlib import Path

from django.core.management.base import BaseCommand

from intake.rules.table import document

TARGET = Path(__file__).resolve().parents[4] / "docs" / "eligibility.md"


class Command(BaseCommand):
    help = "Write docs/eligibility.md from the eligibility rules."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        TARGET.write_text(document(), encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET.name}.")
