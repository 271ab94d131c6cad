"""The two labels of the `sessions` trap, and the role the tests run as."""

import pytest
from django.apps import apps
from django.db import connection


def test_our_sessions_app_keeps_out_of_djangos_way():
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"
    assert apps.get_app_config("treatment_sessions").name == "sessions"


def test_the_other_apps_keep_their_short_labels():
    assert [apps.get_app_config(label).name for label in ("clinic", "intake", "followup")] == [
        "clinic",
        "intake",
        "followup",
    ]


@pytest.mark.django_db
def test_tests_run_as_the_application_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("tideline_app", False)
