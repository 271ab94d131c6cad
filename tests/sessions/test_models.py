"""The database as the last door: raw SQL as the application role, and the constraints by name."""

import uuid
from decimal import Decimal as D

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from sessions import actions
from sessions.models import (
    DETAILS,
    Entry,
    InfusionSession,
    LedgerEntry,
    Order,
    SecondCheck,
    VitalsReading,
)

STAYS = (
    "entry",
    "vitalsreading",
    "drugevent",
    "weightentry",
    "alarmraised",
    "checkanswer",
    "ledgerentry",
    "secondcheck",
    "signature",
    "ending",
    "doseorder",
    "preparation",
    "preparationsource",
    "handover",
    "addendum",
)


def sql(text, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, params)


def test_the_app_has_its_own_label_beside_djangos_sessions():
    assert apps.get_app_config("treatment_sessions").name == "sessions"
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"


def test_every_kind_of_entry_has_its_detail_table():
    kinds = dict(Entry._meta.get_field("kind").choices)
    assert set(kinds) == set(DETAILS)
    for name in DETAILS.values():
        assert apps.get_model("treatment_sessions", name).append_only


@pytest.mark.django_db
@pytest.mark.parametrize("table", STAYS)
@pytest.mark.parametrize("statement", ["UPDATE {} SET xyz = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_may_neither_change_nor_delete_what_stays(table, statement):
    name = f"treatment_sessions_{table}"
    column = apps.get_model("treatment_sessions", table)._meta.pk.column
    text = statement.format(name).replace("xyz = 1", f"{column} = {column}")
    with pytest.raises(ProgrammingError, match="permission denied"):
        sql(text)


@pytest.mark.django_db
def test_the_application_cannot_switch_the_triggers_off():
    with pytest.raises(ProgrammingError, match="must be owner"):
        sql("ALTER TABLE treatment_sessions_entry DISABLE TRIGGER ALL")


@pytest.mark.django_db
def test_a_phase_off_the_table_is_refused_by_the_database(scene, infusing):
    scene.stop()
    ended = "phase = 'ended', ending = 'completed', ended_at = now(), ended_by_id = checked_in_by_id"
    sql(f"UPDATE treatment_sessions_infusionsession SET {ended} WHERE id = %s", scene.session.pk)
    again = "phase = 'infusing', ending = '', ended_at = NULL, ended_by_id = NULL"
    with pytest.raises(DatabaseError, match="session_moves|transition"):
        sql(f"UPDATE treatment_sessions_infusionsession SET {again} WHERE id = %s", scene.session.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("phase = 'ended'", "session_ended_has_ending"),
        ("ending = 'completed'", "session_ended_has_ending"),
        ("ended_at = now()", "session_ended_at_and_by"),
        ("signed_at = now()", "session_signed"),
        ("signed_at = now(), signed_by_id = checked_in_by_id", "session_signed_after_end"),
        ("patient_id = gen_random_uuid()", "session_belongs_for_good"),
    ],
)
def test_a_session_cannot_say_half_of_something(scene, change, constraint):
    scene.check_in()
    with pytest.raises(DatabaseError, match=constraint):
        sql(f"UPDATE treatment_sessions_infusionsession SET {change} WHERE id = %s", scene.session.pk)


@pytest.mark.django_db
def test_one_open_session_a_patient(scene):
    from tests import factories

    scene.check_in()
    other = factories.appointment(of=scene.patient, at_site=scene.site, course=scene.course, starts_at=scene.at(900))
    with pytest.raises(IntegrityError, match="session_one_open_per_patient"), transaction.atomic():
        InfusionSession.objects.create(
            appointment=other,
            course=scene.course,
            patient=scene.patient,
            site=scene.site,
            number=9,
            protocol_version=scene.version,
            responsible_nurse=scene.nurse,
            checked_in_at=scene.at(1),
            checked_in_by=scene.nurse,
        )


def entry(scene, **changed):
    fields = {
        "id": uuid.uuid4(),
        "session": scene.session,
        "seq": 900,
        "kind": "note",
        "observed_at": scene.at(5),
        "received_at": scene.at(5),
        "recorded_by": scene.nurse,
        "body_hash": "0" * 64,
    }
    with transaction.atomic():
        return Entry.objects.create(**fields | changed)


@pytest.mark.django_db
class TestEntries:
    def test_a_correction_stays_in_its_session_and_kind(self, everyone, scene):
        from tests import factories
        from tests.sessions.scene import Scene

        neighbour = factories.patient(at_site=everyone.harbor, given_name="Bo", family_name="Neighbour-Test")
        other = Scene(everyone, patient=neighbour, chair=1, version=scene.version)
        scene.check_in()
        other.check_in()
        theirs = other.vitals(5).entry
        mine = scene.vitals(5).entry
        for wrong in ({"supersedes": theirs, "kind": "vitals"}, {"supersedes": mine, "kind": "note"}):
            with pytest.raises(DatabaseError, match="entry_supersedes_in_session"):
                entry(scene, role="correction", reason="Typo", **wrong)

    def test_one_entry_is_superseded_once(self, scene):
        scene.check_in()
        mine = scene.vitals(5).entry
        entry(scene, supersedes=mine, kind="vitals", role="strike", reason="Typo")
        with pytest.raises(IntegrityError, match="supersedes"):
            entry(scene, supersedes=mine, kind="vitals", role="strike", reason="Typo", seq=901)

    @pytest.mark.parametrize(
        ("changed", "constraint"),
        [
            ({"role": "correction"}, "entry_correction_has_reason"),
            ({"kind": "weather"}, "entry_kind_known"),
            ({"recorded_by": None}, "entry_has_author"),
            ({"seq": 1}, "entry_seq_once"),
        ],
    )
    def test_headers(self, scene, changed, constraint):
        scene.check_in()
        scene.vitals(5)
        with pytest.raises(IntegrityError, match=constraint):
            entry(scene, **changed)

    @pytest.mark.parametrize(
        ("values", "constraint"),
        [
            ({"systolic": 351}, "vitals_systolic_possible"),
            ({"spo2": -1}, "vitals_spo2_possible"),
            ({"systolic": 80, "diastolic": 90}, "vitals_systolic_above_diastolic"),
            ({"systolic": 120, "missing": {"systolic": "cuff"}}, "vitals_systolic_or_missing"),
            ({"oxygen": "flow"}, "vitals_oxygen_flow"),
        ],
    )
    def test_impossible_values_do_not_fit_the_table(self, scene, values, constraint):
        scene.check_in()
        header = entry(scene, kind="vitals")
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            VitalsReading.objects.create(entry=header, **values)

    def test_nothing_unmarked_comes_into_a_signed_chart(self, scene, infusing):
        scene.stop()
        scene.observed()
        scene.discharge()
        actions.sign_chart(session=scene.session, by=scene.doctor, at=scene.at(200))
        with pytest.raises(DatabaseError, match="entry_after_signature"):
            entry(scene)
        with pytest.raises(DatabaseError, match="session_signed_is_locked"):
            sql(
                "UPDATE treatment_sessions_infusionsession SET signed_by_id = checked_in_by_id WHERE id = %s",
                scene.session.pk,
            )


@pytest.mark.django_db
class TestDrugs:
    def test_an_orders_words_stay_and_only_the_orderer_cosigns(self, scene):
        scene.check_in()
        order = actions.verbal_order(
            session=scene.session,
            category="drug",
            ordered_by=scene.doctor,
            read_back=True,
            drug="midazolam",
            dose_mg=D(1),
            by=scene.nurse,
            at=scene.at(5),
        )
        with pytest.raises(DatabaseError, match="order_words_stay"), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(dose_mg=D(10))
        with pytest.raises(IntegrityError, match="order_cosigned_by_orderer"), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(cosigned_at=scene.at(6), cosigned_by=scene.nurse)

    def test_the_second_check_is_never_the_orderers_or_the_drawers(self, scene, ready):
        check = SecondCheck.objects.get()
        for who in (check.ordered_by, check.drawn_by):
            check.pk = uuid.uuid4()
            check.checked_by = who
            with pytest.raises(IntegrityError, match="second_check_by_another"), transaction.atomic():
                check.save(force_insert=True)

    @pytest.mark.parametrize(
        ("kind", "fields", "constraint"),
        [
            ("wasted", {}, "ledger_witnessed"),
            ("wasted", {"witness": "maker"}, "ledger_witness_not_maker"),
            ("received", {"mg": D(-1)}, "ledger_mg_above_zero"),
            ("given", {}, "ledger_names_preparation"),
            ("lost", {}, "ledger_kind_known"),
        ],
    )
    def test_the_ledger_keeps_its_own_rules(self, scene, kind, fields, constraint):
        vial = scene.stock()
        if "witness" in fields:
            fields = {"witness": scene.nurse}
        row = {"mg": D(1), "posted_at": scene.at(1), "posted_by": scene.nurse} | fields
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            LedgerEntry.objects.create(site=scene.site, container=vial, kind=kind, **row)
