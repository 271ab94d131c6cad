"""Questions compiled once give what their querysets give; rows sent together stand as if saved one by one."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Value
from django.test.utils import CaptureQueriesContext

from clinic import access, audit, clock, rows
from clinic.models import AuditEvent, Membership, Patient
from clinic.prepared import Prepared
from tests import factories
from tests.people import people

pytestmark = pytest.mark.django_db


def test_memberships_come_with_their_sites_in_one_query_like_their_queryset():
    everyone, now = people(), clock.now()
    for user in (everyone.nurse, everyone.prescriber, everyone.away["nurse"]):
        plain = list(Membership.objects.active(now).filter(user=user).select_related("site"))
        with CaptureQueriesContext(connection) as taken:
            found = access.memberships_of(user, now)
            assert [(m.pk, m.role, m.site.zone_name) for m in found] == [
                (m.pk, m.role, m.site.zone_name) for m in plain
            ]
        assert len(taken) == 1


def test_a_membership_that_ended_or_has_not_begun_does_not_count():
    everyone = people()
    Membership.objects.filter(user=everyone.nurse).update(until=clock.now())
    assert access.memberships_of(everyone.nurse, clock.now() + timedelta(seconds=1)) == []
    assert access.memberships_of(everyone.prescriber, clock.now() - timedelta(days=9000)) == []


def test_lists_of_any_length_and_values_that_are_not_there():
    everyone = people()
    asked = Prepared(lambda of: Patient.objects.filter(pk__in=of.list("pks")))
    for pks in ([everyone.patient.pk], [everyone.patient.pk, everyone.away_patient.pk], [uuid.uuid4()]):
        assert {p.pk for p in asked.rows(pks=pks)} == set(
            Patient.objects.filter(pk__in=pks).values_list("pk", flat=True)
        )
    assert asked.first(pks=[uuid.uuid4()]) is None


def test_lists_of_a_hundred_lengths_are_compiled_eight_times():
    """What a process keeps does not grow with each new number of sessions, patients or results on a page."""
    site = people().site
    pks = sorted(factories.patient(at_site=site).pk for _ in range(5))
    asked = Prepared(lambda of: Patient.objects.filter(pk__in=of.list("pks")).order_by("pk"))
    for count in range(1, 101):
        wanted = (pks * 20)[:count]
        assert [one.pk for one in asked.rows(pks=wanted)] == pks[: min(count, 5)]
        assert len(wanted) == count, "what was handed over is left as it was"
    assert sorted(length for ((_, length),) in asked._known) == [1, 2, 4, 8, 16, 32, 64, 128]


def test_rows_are_sent_in_one_round_trip_and_read_back_whole():
    everyone = people()
    events = [audit.event(f"test.{n}", everyone.patient, by=everyone.nurse, detail={"n": n}) for n in range(3)]
    everyone.patient.preferred_name = "Nia"
    with CaptureQueriesContext(connection) as taken:
        rows.send(events, [(everyone.patient, ("preferred_name",))])
    assert len(taken) == 1
    saved = AuditEvent.objects.get(pk=events[2].pk)
    assert (saved.verb, saved.detail, saved.user, saved.patient) == (
        "test.2",
        {"n": 2},
        everyone.nurse,
        everyone.patient,
    )
    assert saved.at is not None
    assert not events[0]._state.adding
    assert Patient.objects.get(pk=everyone.patient.pk).preferred_name == "Nia"


def test_what_the_database_refuses_is_refused_whole():
    everyone = people()
    first = audit.event("test.first", everyone.patient, by=everyone.nurse)
    twice = audit.event("test.twice", everyone.patient, by=everyone.nurse)
    twice.pk = first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.send([first, twice])
    assert not AuditEvent.objects.filter(verb__startswith="test.").exists()


def test_the_server_plans_a_statement_once_for_a_connection():
    everyone = people()
    asked = Prepared(lambda of: Patient.objects.filter(pk=of("pk")))
    for patient in (everyone.patient, everyone.away_patient):
        assert asked.first(pk=patient.pk) == patient
    assert _planned(asked) == 1


def test_what_never_changes_is_written_into_the_statement_and_annotations_come_too():
    everyone = people()
    Patient.objects.filter(pk=everyone.patient.pk).update(preferred_name="100 % Nia")

    def build(of):
        rows = Patient.objects.filter(pk=of("pk"), preferred_name__contains="0 %", born_on__lt=of.day("day"))
        return rows.annotate(said=Value("50 % %s"), n=Count("sites"))

    asked = Prepared(build)
    for day, found in ((date(2100, 1, 1), [("50 % %s", 1)]), (date(1900, 1, 1), [])):
        assert [(p.said, p.n) for p in asked.rows(pk=everyone.patient.pk, day=day)] == found


def test_a_new_connection_plans_anew():
    everyone = people()
    asked = Prepared(lambda of: Patient.objects.filter(pk=of("pk")))
    asked.first(pk=everyone.patient.pk)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    del connection.kept_statements  # as a connection that has just been made
    assert asked.first(pk=everyone.patient.pk) == everyone.patient


def test_behind_a_pooler_nothing_is_kept(settings):
    settings.DATABASE_KEEPS_PLANS = False
    everyone = people()
    asked = Prepared(lambda of: Patient.objects.filter(pk=of("pk")).order_by("-pk"))  # asked nowhere else
    assert asked.first(pk=everyone.patient.pk) == everyone.patient
    rows.send([audit.event("test.plain", everyone.patient, by=everyone.nurse)])
    assert AuditEvent.objects.filter(verb="test.plain").count() == 1
    assert _planned(asked) == 0


def _planned(asked):
    names = [one.statement.name for one in asked._known.values()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = ANY(%s)", [names])
        return cursor.fetchone()[0]


def test_whom_many_rows_point_at_is_made_once_and_stands_as_the_queryset_sets_it():
    everyone = people()
    events = [audit.event(f"test.{n}", everyone.patient, by=everyone.nurse) for n in range(3)]
    nobody = audit.event("test.9", everyone.patient, by=None)
    rows.send([*events, nobody])

    def build(of):
        found = AuditEvent.objects.filter(verb__startswith="test.", patient=of("patient"))
        return found.select_related("user", "patient__person", "site").order_by("verb")

    made = Prepared(build).rows(patient=everyone.patient.pk)
    plain = list(build(lambda name: everyone.patient.pk))
    with CaptureQueriesContext(connection) as taken:
        assert [_state(one) for one in made] == [_state(one) for one in plain]
        assert [one.user and one.user.name for one in made] == [everyone.nurse.name] * 3 + [None]
        assert made[0].patient.person.pk == everyone.patient.person_id
    assert taken.captured_queries == []
    assert made[0].user is made[1].user
    assert not made[0]._state.adding
    assert made[0]._state.db == "default"


def test_a_column_that_was_left_out_is_fetched_when_it_is_asked_for():
    everyone = people()
    one = Prepared(lambda of: Patient.objects.filter(pk=of("pk")).only("family_name")).first(pk=everyone.patient.pk)
    assert one.get_deferred_fields() >= {"given_name", "born_on"}
    assert (one.family_name, one.given_name) == (everyone.patient.family_name, everyone.patient.given_name)


def _state(one):
    own = {name: value for name, value in vars(one).items() if name != "_state"}
    return own, {
        name: related and vars(related) | {"_state": None} for name, related in one._state.fields_cache.items()
    }


def test_a_model_that_does_more_when_it_is_made_is_left_to_django(monkeypatch):
    plain = Patient.from_db.__func__

    def louder(cls, db, field_names, values):
        made = plain(cls, db, field_names, values)
        made.was_loud = True
        return made

    monkeypatch.setattr(Patient, "from_db", classmethod(louder))
    everyone = people()
    one = Prepared(lambda of: Patient.objects.filter(pk=of("pk"))).first(pk=everyone.patient.pk)
    assert one.was_loud
    assert one.family_name == everyone.patient.family_name


def test_keys_are_read_as_keys_alone_and_in_lists():
    key = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid, NULL::uuid, ARRAY[%s::uuid, NULL]", [str(key), str(key)])
        assert cursor.fetchone() == (key, None, [key, None])
