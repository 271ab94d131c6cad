"""The two labels, and that the tables are there."""

import pytest
from django.apps import apps

from sessions.models import InfusionSession


def test_the_app_has_its_own_label_beside_djangos_sessions():
    assert apps.get_app_config("treatment_sessions").name == "sessions"
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"


@pytest.mark.django_db
def test_tables_exist():
    assert InfusionSession.objects.count() == 0
