"""ATK-24: at once. Sign and edit, discharge twice, one dose by two nurses: whoever comes second hears of it.

Every request comes from a browser of its own, in a thread of its own, on a database connection of its own.
"""

import threading
import uuid

import pytest
from django.db import connections
from django.urls import reverse

from clinic import clock
from clinic.models import StateChange
from sessions import actions
from sessions.models import DrugEvent, Ending, Entry, Order
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin

pytestmark = pytest.mark.usefixtures("live_db")


@pytest.fixture
def scene(live_db, monkeypatch):
    begin(monkeypatch, 114)
    return Scene(people())


def at_once(*posts):
    """Send (client, page, session, data) all at the same moment; the answers' statuses, in the order given."""
    answers, barrier = [None] * len(posts), threading.Barrier(len(posts))

    def send(place, client, page, session, data, more=()):
        there = reverse(f"sessions:{page}", args=[session.pk, *more])
        barrier.wait()
        try:
            answers[place] = client.post(there, data).status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(place, *post)) for place, post in enumerate(posts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def entry(**fields):
    return {"entry_id": str(uuid.uuid4())} | fields


def test_atk_24_signed_and_edited_at_once(scene):
    """What came before the signature is under it, what came after is an addendum; the signature holds either way."""
    scene.running()
    reading = scene.vitals(30, systolic=131).entry
    scene.stop()
    scene.observed()
    scene.discharge()
    session = scene.fresh()
    doctor, nurse, other = (signed_in(who) for who in (scene.doctor, scene.nurse, scene.other))
    correction = entry(systolic="133", diastolic="78", heart_rate="72", spo2="98", reason="Read again")
    answers = at_once(
        (doctor, "chart-sign", session, {"version": session.version, "read": "on"}),
        (nurse, "entry-correct", session, correction, (reading.pk,)),
        (other, "note-record", session, entry(text="Slept")),
        (doctor, "chart-sign", session, {"version": session.version, "read": "on"}),
    )
    session = scene.fresh()
    assert answers[1] in (302, 409, 422)
    assert answers[2] == 302
    assert [answers[0], answers[3]].count(302) <= 1, answers
    if session.signed_at is None:  # both signatures saw an older version: the prescriber reads again, and signs
        again = {"version": session.version, "read": "on"}
        assert doctor.post(reverse("sessions:chart-sign", args=[session.pk]), again).status_code == 302
        session = scene.fresh()
    assert session.signature.signed_by == scene.doctor
    assert actions.verify_signature(session)
    for late in Entry.objects.filter(session=session, seq__gt=session.signature.at_seq):
        assert late.after_signature
        assert late.addendum.entry == late
    assert not Entry.objects.filter(session=session, seq__lte=session.signature.at_seq, after_signature=True).exists()


def test_atk_24_discharged_once(scene):
    scene.running()
    scene.stop()
    scene.observed()
    session = scene.fresh()
    going = {"escort_arrived": "on", "instructions_given": "on", "version": session.version}
    leaving = {"reason": "Home", "advice": "Stay", "capacity": "able", "line_out": "yes", "form": "signed"}
    leaving |= {"told": "Petra Prescriber"}
    nurses = [signed_in(who) for who in (scene.nurse, scene.other, scene.nurse)]
    answers = at_once(
        *[(nurse, "discharge", session, going) for nurse in nurses],
        (signed_in(scene.other), "against-advice", session, leaving),
    )
    assert answers.count(302) == 1, answers
    assert set(answers) <= {302, 409, 422}
    ended = scene.fresh()
    assert (ended.phase, Ending.objects.filter(session=ended).count()) == ("ended", 1)
    assert StateChange.objects.filter(subject_id=ended.pk, to_state="ended").count() == 1


def test_atk_24_one_dose_is_given_once(scene):
    """Two nurses and two taps under a standing order that allows one dose in four hours."""
    scene.running()
    session, standing = scene.fresh(), scene.version.standingorders.get()
    same = entry(dose_mg="4")
    nurse, other = signed_in(scene.nurse), signed_in(scene.other)
    answers = at_once(
        (nurse, "drug-give-standing", session, same, (standing.pk,)),
        (nurse, "drug-give-standing", session, same, (standing.pk,)),
        (other, "drug-give-standing", session, entry(dose_mg="4"), (standing.pk,)),
        (other, "drug-give-standing", session, entry(dose_mg="4"), (standing.pk,)),
    )
    assert set(answers) == {302, 422}, answers
    assert DrugEvent.objects.filter(action="given", entry__session=session).count() == 1
    assert Order.objects.filter(session=session, kind="standing").count() == 1


def test_atk_24_one_pump_is_started_and_stopped_once(scene):
    scene.ready()
    session = scene.fresh()
    nurse, other = signed_in(scene.nurse), signed_in(scene.other)
    answers = at_once(*[(who, "session-start", session, entry()) for who in (nurse, other, nurse)])
    assert sorted(answers) == [302, 422, 422]
    assert DrugEvent.objects.filter(action="start", entry__session=session).count() == 1
    stop = entry(volume_ml="0", cause="ordered_end")
    assert at_once(*[(who, "drug-stop", session, stop) for who in (nurse, nurse)]) == [302, 302]
    assert DrugEvent.objects.filter(action="stop", entry__session=session).count() == 1
    assert clock.now() >= scene.fresh().stopped_at
