"""`manage.py grant`: give the application role what it may do. Run as the owner after every migrate."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from clinic import grants


class Command(BaseCommand):
    """Make the cache table where it is missing, then set the application role's privileges on every table."""

    help = "Give the application role its privileges (after every migrate, as the owner)."
    requires_system_checks: list = []

    def handle(self, **options) -> None:
        if not settings.APPLICATION_ROLE:
            raise CommandError("DATABASE_URL names no application role to give privileges to.")
        call_command("createcachetable", verbosity=options["verbosity"])
        given = grants.grant(settings.APPLICATION_ROLE)
        protected = sum("UPDATE" not in allowed for allowed in given.values())
        self.stdout.write(f"{settings.APPLICATION_ROLE}: {len(given)} tables, {protected} of them append-only.")
