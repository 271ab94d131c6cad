"""At the visit the rules run with today's answers: what is new and weighs stops the start until someone decides."""

import datetime as dt

import pytest

from clinic.models import AuditEvent, MedicationStatement, Task
from clinic.refusal import Refused
from intake.actions.findings import settle_new_findings
from intake.models import Finding
from sessions import actions, queries
from sessions.presenters.record import record_page
from sessions.presenters.sheet import sheet_page
from sessions.queries.today import today_of
from tests.sessions.said import codes

pytestmark = pytest.mark.django_db


def missing(scene, minutes=9):
    return {item.code: item.text for item in queries.missing_to_start(queries.sheet(scene.session, scene.at(minutes)))}


def new(scene, **which):
    return Finding.objects.new().in_force().filter(patient=scene.patient, **which)


def say(scene, minutes=4, by=None, **answers):
    """Answer checks anew: code=answer or code=(answer, words)."""
    said = {code: pair if isinstance(pair, tuple) else (pair, "") for code, pair in answers.items()}
    actions.answer_checks(session=scene.session, answers=said, by=by or scene.nurse, at=scene.at(minutes))


def settle(scene, resolution="handled", reason="The lung doctor changed it.", by=None, **which):
    rows = list(new(scene, **(which or {"would_be__in": ("hard_stop", "needs_action")})))
    return settle_new_findings(
        findings=rows, site=scene.site, resolution=resolution, reason=reason, by=by or scene.doctor, at=scene.at(9)
    )  # fmt: skip


def test_a_visit_with_nothing_new_starts(scene, ready):
    assert not new(scene, would_be__in=("hard_stop", "needs_action")).exists()
    assert missing(scene) == {}
    scene.start()


def test_a_new_medicine_that_needs_action_stops_the_start_until_a_prescriber_decides(scene, ready):
    say(scene, medicines=("yes", "Theo-24 300 mg since Monday"))
    assert "Takes Theo-24 300 mg since Monday" in missing(scene)["start.findings"]
    with pytest.raises(Refused) as refused:
        scene.start()
    assert codes(refused) == {"start.findings"}
    task = Task.objects.get(kind="review")
    assert task.title.startswith("A new finding needs your decision: Takes Theo-24")
    assert task.neutral_title == "A visit waits for the prescriber's decision"
    settle(scene)
    task.refresh_from_db()
    assert task.state == "done"
    assert missing(scene) == {}
    scene.start()


@pytest.mark.parametrize(
    ("who", "resolution", "reason"),
    [
        ("nurse", "handled", "Fine"),
        ("other", "handled", "Fine"),
        ("doctor", "handled", " "),
        ("doctor", "overridden", "x"),
    ],
)
def test_who_may_settle_and_how(scene, ready, who, resolution, reason):
    say(scene, medicines=("yes", "theophylline"))
    with pytest.raises(Refused):
        settle(scene, resolution=resolution, reason=reason, by=getattr(scene, who))
    assert "start.findings" in missing(scene)


def test_what_stands_goes_on_to_stop(scene, ready):
    say(scene, medicines=("yes", "theophylline"))
    settle(scene, resolution="stands", reason="Not today.")
    assert "start.findings" in missing(scene)
    assert Task.objects.get(kind="review").state == "open"


def test_a_caution_is_shown_and_stops_nothing(scene, ready):
    say(scene, sedatives=("yes", "lorazepam 1 mg at 22:00"), stimulants=("yes", "Sudafed"))
    assert missing(scene) == {}
    assert not Task.objects.filter(kind="review").exists()
    notes = sheet_page(queries.sheet(scene.session, scene.at(9)), user=scene.nurse).notes
    cautions = [reason for level, reason in notes if level == "Caution"]
    assert len(cautions) == 2
    assert "lorazepam 1 mg at 22:00" in " ".join(cautions)


def test_not_known_whether_there_is_a_new_medicine_is_a_question_not_fine(scene, ready):
    say(scene, medicines="unknown")
    assert "Not known: ask." in missing(scene)["start.findings"]
    assert set(new(scene, would_be="needs_action").values_list("level", flat=True)) == {"unknown"}
    say(scene, 5, medicines="no")
    assert missing(scene) == {}
    assert Task.objects.get(kind="review").state == "withdrawn"


def test_medicines_that_were_not_asked_about_are_missing(scene):
    scene.check_in()
    assert "New medicines since last time: not asked yet." in missing(scene)["start.findings"]


def test_a_medicine_that_is_not_recognised_is_looked_up_first(scene, ready):
    say(scene, medicines=("yes", "a blue pill"))
    assert "Not recognised: a blue pill" in missing(scene)["start.findings"]


def test_a_corrected_answer_takes_its_finding_back_and_both_stay(scene, ready):
    say(scene, medicines=("yes", "theophylline"))
    say(scene, 5, medicines="no")
    assert missing(scene) == {}
    row = Finding.objects.new().get(rule="takes-theophylline")
    assert row.ended_at == scene.at(5)
    assert MedicationStatement.objects.get(name="theophylline").ended_at == scene.at(5)
    assert Task.objects.get(kind="review").state == "withdrawn"


def test_the_same_answers_again_change_nothing(scene, ready):
    say(scene, medicines=("yes", "theophylline"))
    before = set(new(scene).values_list("pk", flat=True))
    say(scene, 6, medicines=("yes", "theophylline"))
    actions.recheck_visit(session=scene.session, by=scene.nurse, at=scene.at(7))
    assert set(new(scene).values_list("pk", flat=True)) == before
    assert Task.objects.filter(kind="review").count() == 1
    assert MedicationStatement.objects.filter(name="theophylline").count() == 1


class TestGatesOfTheirOwn:
    """Pregnancy, fasting and the pressure have a gate already: one decision serves both."""

    def test_a_positive_test_has_one_gate_and_overriding_it_settles_the_finding(self, scene, ready):
        say(scene, pregnancy="positive")
        assert set(missing(scene)) == {"start.pregnancy"}
        actions.override_gate(
            session=scene.session,
            code="pregnancy",
            reason="Talked over, second trimester.",
            by=scene.doctor,
            at=scene.at(9),
        )
        row = new(scene).get(rule="pregnant")
        assert (row.resolution, row.resolution_reason) == ("overridden", "Talked over, second trimester.")
        assert missing(scene) == {}

    def test_settling_the_finding_lets_its_gate_pass(self, scene, ready):
        say(scene, pregnancy="positive")
        settle(scene, resolution="overridden", reason="Talked over, second trimester.")
        assert missing(scene) == {}

    def test_a_refused_test_is_unknown(self, scene, ready):
        say(scene, pregnancy="refused")
        row = new(scene).get(rule="pregnant")
        assert (row.level, row.would_be, row.of_day) == ("unknown", "hard_stop", True)
        assert set(missing(scene)) == {"start.pregnancy"}

    def test_the_pressure_before_the_start(self, scene, ready):
        scene.vitals(8, systolic=192, diastolic=104, confirmed={"systolic", "diastolic"})
        assert new(scene).get(rule="bp-today").value == "192/104"
        assert set(missing(scene)) == {"start.hold_limits"}
        scene.vitals(9, systolic=138, diastolic=82)
        assert not new(scene, rule="bp-today").exists()
        assert missing(scene) == {}

    def test_eaten_too_late_is_a_caution_beside_its_gate(self, scene, ready):
        say(scene, fasting=("no", "toast at 08:30"))
        assert new(scene).get(rule="not-fasting").level == "warn"
        assert set(missing(scene)) == {"start.fasting"}


def test_overriding_the_findings_gate_settles_what_is_known_and_not_what_comes_after(scene, ready):
    say(scene, medicines=("yes", "theophylline"))
    with pytest.raises(Refused):
        actions.override_gate(session=scene.session, code="findings", reason="x", by=scene.nurse, at=scene.at(8))
    actions.override_gate(
        session=scene.session, code="findings", reason="Weighed with the lung doctor.", by=scene.doctor, at=scene.at(8)
    )  # fmt: skip
    assert missing(scene) == {}
    say(scene, 9, medicines=("yes", "theophylline, a blue pill"))
    assert "a blue pill" in missing(scene)["start.findings"]


def test_the_override_stays_in_the_record_and_in_the_audit(scene, ready):
    say(scene, medicines=("yes", "theophylline"), sedatives=("yes", "wine at 21:00"))
    settle(scene, reason="Replaced by an inhaler.")
    checks = record_page(scene.session, scene.at(10)).checks
    rows = {label: (said, who) for label, said, who in checks if label.startswith("New finding")}
    decided = next(pair for label, pair in rows.items() if "theophylline" in label)
    assert decided == ("Dealt with: Replaced by an inhaler.", scene.doctor.name)
    assert ("caution", "") in rows.values()
    event = AuditEvent.objects.get(verb="finding.handled")
    assert (event.user, event.reason) == (scene.doctor, "Replaced by an inhaler.")


class TestTheNextVisit:
    @pytest.fixture
    def later(self, scene, ready):
        say(scene, medicines=("yes", "theophylline"), sedatives=("yes", "wine"), pregnancy="positive")
        settle(scene, reason="Replaced by an inhaler.", rule="takes-theophylline")
        settle(scene, resolution="overridden", reason="Second trimester.", rule="pregnant")
        actions.not_started(session=scene.session, reason="Felt unwell", by=scene.nurse, at=scene.at(30))
        return self.next_visit(scene)

    @staticmethod
    def next_visit(scene):
        from clinic.models import Chair
        from tests import factories

        scene.appointment = factories.appointment(
            of=scene.patient, at_site=scene.site, course=scene.course, chair=Chair.objects.filter(site=scene.site)[1],
            starts_at=scene.at(24 * 60), nurse=None, number=2,
        )  # fmt: skip
        scene.check_in(24 * 60)
        return scene

    def test_what_lasts_is_known_and_stays_settled(self, later):
        say(later, 24 * 60 + 1, medicines="no")
        assert "start.findings" not in missing(later, 24 * 60 + 2)
        assert "theophylline" in [row["name"] for row in known_names(later)]

    def test_what_was_of_the_day_is_over_and_asked_again(self, later):
        assert not new(later, of_day=True).exists()
        say(later, 24 * 60 + 1, pregnancy="positive")
        assert "start.pregnancy" in missing(later, 24 * 60 + 2)

    def test_the_doctor_sees_it_was_overridden_for_ever_after(self, later):
        overridden = Finding.objects.filter(patient=later.patient, resolution="overridden")
        assert [row.rule for row in overridden] == ["pregnant"]


def known_names(scene):
    return MedicationStatement.objects.filter(patient=scene.patient, ended_at__isnull=True).values("name")


def test_without_an_approval_nothing_is_kept(scene):
    from intake.models import Approval

    Approval.objects.update(valid_until=scene.at(0).date() - dt.timedelta(days=1))
    scene.check_in()
    say(scene, medicines=("yes", "theophylline"))
    assert not Finding.objects.new().exists()
    assert "No approval to treat is in force." in missing(scene)["start.findings"]


def test_today_is_what_was_answered_and_nothing_else(scene):
    scene.check_in()
    assert today_of(queries.sheet(scene.session, scene.at(1))) == {}
    say(scene, fasting=("yes", "soup at 20:00"), monitoring="yes")
    scene.vitals(5, systolic=122, diastolic=78)
    assert today_of(queries.sheet(scene.session, scene.at(6))) == {
        "fasting": "yes",
        "fasting_words": "soup at 20:00",
        "blood_pressure": "within",
        "blood_pressure_words": "122/78",
    }


def test_a_check_that_is_not_on_the_list_refuses_all(scene):
    scene.check_in()
    for answers in ({"medicines": ("no", ""), "nonsense": ("yes", "")}, {"medicines": ("maybe", "")}):
        with pytest.raises(Refused):
            actions.answer_checks(session=scene.session, answers=answers, by=scene.nurse, at=scene.at(1))
    assert not scene.session.check_answers.exists()


def test_two_runs_at_once_find_it_once(scene, ready, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        say(scene, medicines=("yes", "theophylline"))
    assert new(scene, rule="takes-theophylline").count() == 1
