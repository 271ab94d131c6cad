"""Two databases are the same only when every row, and everything that guards them, is."""

import psycopg2
import pytest
from django.db import connection

from clinic.backup import proof
from clinic.dev.embedded import SUPERUSER
from tests.people import people

pytestmark = pytest.mark.django_db


def taken():
    with connection.cursor() as cursor:
        return proof.of(cursor.cursor)


def test_the_same_database_has_the_same_proof_whatever_the_order_and_the_settings():
    people()
    first = taken()
    with connection.cursor() as cursor:
        cursor.execute("SET datestyle = 'German'")
        cursor.execute("SET timezone = 'Asia/Tokyo'")
    assert proof.differences(first, taken()) == []
    assert proof.rows(first) > 20
    assert first["guards"]["triggers"][0] > 100


def test_one_changed_value_is_found_and_named():
    patient = people().patient
    first = taken()
    patient.given_name += "x"
    patient.save()
    found = proof.differences(first, taken())
    assert any(words.startswith("Table clinic_patient: ") for words in found)


def test_of_a_record_that_went_on_only_what_is_gone_is_wrong():
    patient = people().patient
    first = taken()
    patient.given_name += "x"
    patient.save()
    later = taken()
    growing = {"clinic_auditevent"}
    assert proof.differences(first, later, only_grow=growing) == []
    gone = {**later, "tables": later["tables"] | {"clinic_auditevent": [-1, "0", "0"]}}
    assert proof.differences(first, gone, only_grow=growing) != []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("CREATE TABLE public.extra (id int)", "Table extra was not there."),
        ("ALTER TABLE clinic_site ADD CONSTRAINT odd CHECK (name <> 'x') NOT VALID", "Constraints:"),
        ("CREATE INDEX odd ON clinic_site (name)", "Indexes:"),
        ("ALTER TABLE clinic_auditevent DISABLE TRIGGER USER", "Triggers:"),
        ("GRANT DELETE ON clinic_auditevent TO tideline_app", "Rights:"),
        ("ALTER TABLE clinic_site ADD COLUMN odd int", "Columns:"),
        ("CREATE FUNCTION public.odd() RETURNS int LANGUAGE sql AS 'SELECT 1'", "Functions:"),
    ],
)
def test_every_guard_counts(cluster, statement, words):
    """As the superuser, in a transaction that is taken back."""
    other = psycopg2.connect(cluster.url(SUPERUSER, connection.settings_dict["NAME"]))
    try:
        with other.cursor() as cursor:
            first = proof.of(cursor)
            cursor.execute(statement)
            found = proof.differences(first, proof.of(cursor))
            broken = proof.broken(cursor)
        assert any(said.startswith(words) for said in found), found
        assert bool(broken) is ("DISABLE" in statement or "NOT VALID" in statement), broken
    finally:
        other.rollback()
        other.close()
