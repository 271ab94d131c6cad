"""The development settings with the drill's app beside the product's."""

from clinic.project.settings.dev import *  # noqa: F403
from clinic.project.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.drills.growing"]
