"""Limits for one patient, the edges that the keypad shows, and the stop rule's exact reason."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from clinic.models import AuditEvent, CourseLimit
from clinic.refusal import Refused
from sessions import actions
from sessions.actions.limits import set_limit
from sessions.models import DrugEvent
from sessions.queries.sheet import state_of
from sessions.rules import limits, own_limits, stop
from tests.people import signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def codes(measure="systolic", level="caution", low=None, high=None, reason="Runs high"):
    found = own_limits.items(measure, level, low=low, high=high, reason=reason, others=limits.DEFAULTS)
    return [item.code for item in found]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"high": D(170)}, []),
        ({"low": D(95)}, []),
        ({"low": D(95), "high": D(170)}, []),
        ({}, ["limit.empty"]),
        ({"high": D(170), "reason": " "}, ["limit.reason"]),
        ({"high": D(170), "level": "hold"}, ["limit.level"]),
        ({"high": D(7), "measure": "pain"}, ["limit.measure"]),
        ({"high": D(350)}, ["limit.high", "limit.high"]),
        ({"low": D(20), "level": "alarm"}, ["limit.low"]),
        ({"low": D(170), "high": D(150)}, ["limit.turned"]),
        ({"high": D(180)}, []),  # as far as the alarm, not beyond it
        ({"high": D(181)}, ["limit.high"]),
        ({"high": D(160), "level": "alarm"}, []),
        ({"high": D(159), "level": "alarm"}, ["limit.high"]),
        ({"low": D(89)}, ["limit.low"]),
        ({"low": D(90)}, []),
        ({"low": D(-3), "measure": "sedation", "level": "alarm"}, []),
    ],
)
def test_which_figures_can_be_a_limit(said, expected):
    assert codes(**said) == expected


@pytest.mark.parametrize(
    ("measure", "base", "expected"),
    [
        ("systolic", None, (90, 180, False, True)),
        ("heart_rate", None, (45, 130, False, False)),
        ("spo2", None, (90, None, False, False)),
        ("spo2", 99, (94, None, False, False)),  # five below, and outside 94-100
        ("spo2", 98, (93, None, False, False)),
        ("spo2", 94, (90, None, False, False)),
        ("sedation", None, (-3, 3, True, True)),
        ("pain", None, (None, None, False, False)),
    ],
)
def test_from_where_on_a_value_alarms(measure, base, expected):
    found = limits.edges(measure, "alarm", limits.DEFAULTS, baseline={measure: base} if base else {})
    assert (found.low, found.high, found.low_counts, found.high_counts) == expected
    for value in range(-5, 200):
        beyond = [
            b for b in limits.breaches({measure: value}, limits.DEFAULTS, baseline={measure: base} if base else {})
            if b.level == "alarm"
        ]  # fmt: skip
        below = found.low is not None and (value < found.low or (found.low_counts and value == found.low))
        above = found.high is not None and (value > found.high or (found.high_counts and value == found.high))
        assert bool(beyond) == (below or above), value


def alarm(level, measure="spo2", value="85.0", text="limit below 90"):
    return SimpleNamespace(level=level, measure=measure, value=D(value), limit_text=text, since=NOON)


@pytest.mark.parametrize(
    ("phase", "levels", "met"),
    [
        ("infusing", ["alarm"], 1),
        ("paused", ["alarm"], 1),
        ("infusing", ["caution"], 0),
        ("infusing", ["alarm", "caution"], 1),
        ("preparing", ["alarm"], 0),
        ("observing", ["alarm"], 0),
        ("ended", ["alarm"], 0),
        ("infusing", [], 0),
    ],
)
def test_the_stop_rule(phase, levels, met):
    assert len(stop.met([alarm(level) for level in levels], phase)) == met


def test_the_stop_rule_names_its_exact_reason():
    found = [alarm("alarm"), alarm("alarm", "systolic", "184", "limit at or above 180")]
    said = stop.reason(found, lambda at: f"{at:%H:%M}")
    assert said == "SpO2 85 % at 12:00, limit below 90; Systolic 184 mmHg at 12:00, limit at or above 180"


@pytest.mark.django_db
def test_stopped_by_the_rule_without_words_keeps_the_rules_own(scene, infusing):
    scene.vitals(12, spo2=85)
    scene.stop(13, volume_ml=None, cause="stop_rule")
    assert "SpO2 85 %" in DrugEvent.objects.get(action="stop").text


@pytest.mark.django_db
def test_a_prescribers_limit_is_in_force_at_once_with_its_reason(scene, infusing):
    with pytest.raises(Refused):
        set_limit(session=scene.session, measure="systolic", level="caution", high=D(175), reason="x", by=scene.nurse)
    row = set_limit(
        session=scene.session, measure="systolic", level="caution", high=D(175), reason="Runs at 160", by=scene.doctor,
        at=scene.at(11),
    )  # fmt: skip
    assert AuditEvent.objects.get(verb="course.limit_set", subject_id=row.pk).reason == "Runs at 160"
    assert scene.vitals(12, systolic=170).alarms == []
    assert [a.alarmraised.level for a in scene.vitals(13, systolic=176).alarms] == ["caution"]
    assert state_of(scene.session, scene.at(14)).level == "caution"
    assert scene.do(actions.record_vitals, 15, values={"systolic": 181}, entry_id=uuid.uuid4()).alarms


@pytest.mark.django_db
def test_the_page_of_limits(everyone, monkeypatch):
    begin(monkeypatch, 30)
    session = Scene(everyone).running().session
    path, doctor = url("limit-set", session), signed_in(everyone.prescriber)
    assert "at or above 160" in signed_in(everyone.nurse).get(path).content.decode()
    assert "Only a prescriber" in signed_in(everyone.nurse).get(path).content.decode()
    typed = {"measure": "systolic", "level": "caution", "high": "175", "low": "", "reason": "Runs at 160"}
    refused = doctor.post(path, typed | {"reason": ""})
    assert refused.status_code == 422
    assert 'value="175"' in refused.content.decode()
    assert doctor.post(path, typed).status_code == 302
    assert "above 175, set for this patient" in doctor.get(path).content.decode()
    assert signed_in(everyone.nurse).post(path, typed).status_code == 422
    assert CourseLimit.objects.count() == 1
    assert signed_in(everyone.away["nurse"]).get(path).status_code == 404
