"""Alarms and cautions: who answers, when they come back, what closes them."""

from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions import actions
from sessions.actions import When
from sessions.models import Entry
from tests.sessions.said import codes, state

pytestmark = pytest.mark.django_db


class TestAlarms:
    def test_a_confirmed_alarming_value_is_saved_with_its_alarm(self, scene, infusing):
        raised = scene.vitals(20, systolic=190).alarms
        assert [(a.detail.measure, a.detail.level, a.detail.baseline) for a in raised] == [("systolic", "alarm", 122)]
        now = state(scene, 20).alarms[0]
        assert (now.since, now.value, now.sounds, now.escalate) == (scene.at(20), 190, True, "")

    def test_unanswered_for_a_minute_it_calls_the_prescriber_too(self, scene, infusing):
        scene.vitals(20, systolic=190)
        assert state(scene, 21).alarms[0].escalate == "unanswered"

    def test_going_names_the_person_and_the_recheck_comes_due(self, scene, infusing):
        alarm = scene.vitals(20, systolic=190).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=alarm)
        now = state(scene, 24).alarms[0]
        assert (now.answered_by, now.recheck_due_at, now.sounds) == (scene.nurse, scene.at(26), False)
        assert state(scene, 27).alarms[0].escalate == "recheck_late"

    def test_a_recheck_that_is_still_beyond_asks_for_the_next_one(self, scene, infusing):
        alarm = scene.vitals(20, systolic=190).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=alarm)
        scene.vitals(25, systolic=186)
        now = state(scene, 30).alarms[0]
        assert (now.recheck_due_at, now.escalate) == (scene.at(30), "")
        assert state(scene, 31).alarms[0].escalate == "recheck_late"
        scene.vitals(32, systolic=140)
        assert state(scene, 33).alarms == []

    def test_a_caution_asks_for_one_look(self, scene, infusing):
        caution = scene.vitals(20, systolic=165).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=caution)
        scene.vitals(25, systolic=163)
        now = state(scene, 40).alarms[0]
        assert (now.level, now.recheck_due_at, now.escalate) == ("caution", None, "")

    def test_only_a_fresh_set_within_limits_closes_it(self, scene, infusing):
        scene.vitals(20, systolic=190)
        assert scene.vitals(22, systolic=185).alarms == [], "still beyond, and not worse"
        assert len(state(scene, 22).alarms) == 1
        scene.vitals(24, systolic=140)
        assert state(scene, 24).alarms == []
        assert Entry.objects.filter(kind="alarm_answer", alarmanswered__answer="recheck_ok").count() == 1

    def test_it_comes_back_when_it_gets_worse(self, scene, infusing):
        first = scene.vitals(20, systolic=165).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=first)
        worse = scene.vitals(22, systolic=195).alarms
        assert [a.detail.level for a in worse] == ["alarm"]
        now = state(scene, 22).alarms
        assert [(a.value, a.sounds) for a in now] == [(195, True)]
        scene.vitals(26, systolic=138)
        assert state(scene, 26).alarms == [], "the one that got worse closes with all before it"

    def test_a_set_without_the_measure_closes_nothing(self, scene, infusing):
        scene.vitals(20, spo2=88)
        scene.vitals(22, spo2=None, missing={"spo2": "Probe off"})
        assert [a.measure for a in state(scene, 22).alarms] == ["spo2"]

    def test_a_prescriber_decides_a_nurse_does_not(self, scene, infusing):
        alarm = scene.vitals(20, systolic=170).alarms[0]
        with pytest.raises(Refused) as refused:
            scene.do(actions.answer_alarm, 21, alarm=alarm, answer="decided", text="Fine")
        assert codes(refused) == {"role.prescriber"}
        scene.do(actions.answer_alarm, 21, by=scene.doctor, alarm=alarm, answer="decided", text="Known, go on")
        assert state(scene, 22).alarms == []

    def test_a_corrected_value_is_marked_and_closes(self, scene):
        import uuid

        scene.running()
        typo = scene.vitals(20, systolic=196)
        actions.correct_entry(
            entry=typo.entry,
            entry_id=uuid.uuid4(),
            changes={"systolic": 136},
            reason="Typo",
            by=scene.nurse,
            at=scene.at(21),
        )
        assert state(scene, 21).alarms == []
        assert Entry.objects.filter(kind="alarm").count() == 1
        assert Entry.objects.filter(alarmanswered__answer="value_corrected").count() == 1

    def test_a_correction_into_alarm_raises_one(self, scene):
        import uuid

        scene.running()
        entry = scene.vitals(20).entry
        made = actions.correct_entry(
            entry=entry, entry_id=uuid.uuid4(), changes={"spo2": 84}, reason="Typo", by=scene.nurse, at=scene.at(21)
        )
        assert [a.detail.measure for a in made.alarms] == ["spo2"]

    def test_a_late_reading_that_was_overtaken_is_raised_and_closed(self, scene, infusing):
        scene.vitals(25)
        late = scene.vitals(30, spo2=85, when=When(scene.at(20), source="back_entered"))
        assert len(late.alarms) == 1
        assert state(scene, 30).alarms == []

    def test_the_patients_own_limit_counts(self, scene):
        from clinic.models import CourseLimit

        CourseLimit.objects.create(
            course=scene.course,
            measure="heart_rate",
            level="alarm",
            high=D(100),
            reason="Aortic stenosis",
            set_at=scene.at(0),
            set_by=scene.doctor,
        )
        scene.running()
        assert scene.vitals(20, heart_rate=101).alarms[0].detail.level == "alarm"
