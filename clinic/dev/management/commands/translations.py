"""Bring locale/ up to date with the sources and compile it, without GNU gettext."""

from django.core.management.base import BaseCommand

from clinic.dev import translating


class Command(BaseCommand):
    help = "Find the texts to translate, update locale/*/LC_MESSAGES/django.po and compile django.mo."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        for language in translating.languages():
            waiting = translating.update(language)
            self.stdout.write(f"{language}: {waiting} texts wait for words.")
