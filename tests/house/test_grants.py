"""What the application role cannot do, tried against the database itself."""

import pghistory.models
import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from clinic import grants

pytestmark = pytest.mark.django_db

OURS = [model for label in settings.OUR_APPS for model in apps.get_app_config(label).get_models()]
APPEND_ONLY = sorted(grants.append_only_tables())
KEPT = sorted({model._meta.db_table for model in OURS} - grants.deletable_tables())


def refused(statement):
    with pytest.raises(ProgrammingError) as problem, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return isinstance(problem.value.__cause__, psycopg2.errors.InsufficientPrivilege)


def test_g_11_audit_entries_ledger_signatures_and_seals_may_only_be_added_to():
    named = {"clinic_auditevent", "clinic_seal", "clinic_fingerprint", "clinic_disclosure", "clinic_consentsignature",
             "treatment_sessions_entry", "treatment_sessions_ledgerentry", "treatment_sessions_signature"}  # fmt: skip
    assert named <= set(APPEND_ONLY)
    assert {model._meta.db_table for model in OURS if issubclass(model, pghistory.models.Event)} <= set(APPEND_ONLY)
    assert len(APPEND_ONLY) > 8


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_g_11_atk_39_what_was_added_cannot_be_changed_or_removed(table):
    with connection.cursor() as cursor:
        column = connection.introspection.get_table_description(cursor, table)[0].name
    assert refused(f'UPDATE "{table}" SET "{column}" = "{column}" WHERE false')
    assert refused(f'DELETE FROM "{table}" WHERE false')
    assert refused(f'TRUNCATE "{table}"')


@pytest.mark.parametrize("table", KEPT)
def test_nothing_of_the_record_is_deleted(table):
    assert refused(f'DELETE FROM "{table}" WHERE false')
    assert refused(f'TRUNCATE "{table}"')


@pytest.mark.parametrize("table", sorted(grants.deletable_tables() - {"cache"}))
def test_what_may_be_deleted_exists_and_is_nothing_clinical(table):
    assert table in connection.introspection.table_names()
    assert table not in APPEND_ONLY


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "clinic_auditevent" DISABLE TRIGGER ALL',
        'DROP TABLE "clinic_auditevent"',
        'ALTER TABLE "clinic_auditevent" ADD COLUMN "x" int',
        "CREATE TABLE mine (id int)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        "CREATE ROLE another",
    ],
)
def test_g_11_atk_39_the_shape_is_not_the_applications_to_change(statement):
    assert refused(statement)


def test_g_11_atk_39_triggers_cannot_be_put_to_sleep():
    assert refused("SET session_replication_role = replica")


def test_grants_are_refused_to_the_application_itself():
    with pytest.raises(ImproperlyConfigured, match="owner's to give"):
        grants.grant("tideline_app")


def test_the_roles_are_two_and_neither_is_a_superuser():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname LIKE 'tideline%' ORDER BY 1"
        )
        assert cursor.fetchall() == [("tideline_app", False, False), ("tideline_owner", False, False)]
        cursor.execute("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'clinic_auditevent'")
        assert cursor.fetchone() == ("tideline_owner",)
