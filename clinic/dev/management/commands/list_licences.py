"""`manage.py list_licences`: write docs/licences.md from the packages production installs."""

from django.core.management.base import BaseCommand

from clinic.dev import packages


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list = []

    def handle(self, **options) -> None:
        packages.LICENCES.write_text(packages.page(), encoding="utf-8")
        self.stdout.write(f"{len(packages.packages())} packages in {packages.LICENCES.name}.")
