"""What a locked session is known to stand at: its baselines and alarms, found without reading every entry of it."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from sessions import actions
from sessions.models import BaselineSet, VitalsReading
from sessions.queries import standing as standings
from tests.people import people
from tests.sessions.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene(people()).running()


def standing(scene):
    return standings.locked_standing(scene.session, uuid.uuid4())[1]


def baseline_entries(scene):
    return scene.session.entries.filter(vitalsreading__baseline=True)


def test_every_baseline_is_named_beside_its_session_and_nothing_else_is(scene):
    scene.vitals(10, systolic=121)
    named = BaselineSet.objects.filter(session=scene.session).values_list("entry", flat=True)
    assert set(named) == set(baseline_entries(scene).values_list("pk", flat=True)) != set()
    assert BaselineSet.objects.count() == VitalsReading.objects.filter(baseline=True).count()


def test_a_corrected_baseline_counts_with_its_new_figure_and_a_struck_one_no_more(scene):
    entry = baseline_entries(scene).get()
    was = standing(scene).baseline["systolic"]
    mended = actions.correct_entry(
        entry_id=uuid.uuid4(), entry=entry, changes={"systolic": was + 7}, reason="misread", by=scene.nurse,
        at=scene.at(12),
    ).entry  # fmt: skip
    assert standing(scene).baseline["systolic"] == was + 7
    actions.strike_entry(
        entry_id=uuid.uuid4(), entry=mended, reason="another patient's", by=scene.nurse, at=scene.at(13)
    )
    assert standing(scene).baseline == {}


def test_what_is_named_stays(scene):
    for statement in ("UPDATE {} SET session_id = session_id", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(BaselineSet._meta.db_table))


def test_it_does_not_read_the_sets_that_are_no_baseline(scene):
    """With a reading a minute for hours the question must stay as short as at the start."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are too small for the planner to care
        cursor.execute("EXPLAIN " + standings._held().sql, [scene.session.pk, uuid.uuid4()])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "treatment_sessions_baselineset_session_id" in plan
    assert "entry_alarms" in plan
    assert "entry_of_session" not in plan
