#!/usr/bin/env python3
"""Django's command line for Tideline."""

import os
import sys


def main() -> None:
    """Run the command; the development settings unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
