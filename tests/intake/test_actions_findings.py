"""The rules run at sending, at the assessment, at the decision, when a result comes in and at booking."""

import datetime as dt
from decimal import Decimal

import pytest

from clinic import clock
from clinic.actions import required_tests
from clinic.models import AuditEvent, Task
from clinic.refusal import Conflict, Refused
from clinic.rules.required_tests import Typed
from intake.actions import assessments
from intake.actions.findings import (
    CHANGE,
    Occasion,
    judge_again,
    note_submission,
    override_new_findings,
    recheck,
    refresh_findings,
    run_rules,
    settle_new_findings,
)
from intake.actions.levels import set_rule_level
from intake.actions.medicines import keep_new_medicines
from intake.known import known_of
from intake.models import Approval, Finding, RuleLevel
from intake.queries import check_eligible, unsettled_gates
from intake.rules.findings import BY_CODE
from tests.followup.approvals import approved
from tests.intake.packets import assessed, submitted
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
GLAUCOMA = {"health": {"glaucoma": "yes"}}
GATING = ("hard_stop", "needs_action")


everyone = standing(people)


def weigh(everyone, code, level, now=None):
    rule = BY_CODE[code]
    return set_rule_level(rule=rule, level=level, now=now or rule.level, reason="So decided.", by=everyone.prescriber)


def tell(everyone, *names):
    keep_new_medicines(
        patient=everyone.patient, site=everyone.harbor, names=names, visit=everyone.patient.pk, by=everyone.nurse
    )  # fmt: skip
    return recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)


def abnormal_liver(everyone):
    today = clock.now().astimezone(everyone.harbor.zone).date()
    order = required_tests.ask_for_tests(
        patient=everyone.patient, site=everyone.harbor, codes=["liver"], due_on=today, by=everyone.prescriber
    )[0]
    alt = Typed("alt", Decimal("210"), unit="U/L", range_low=Decimal("7"), range_high=Decimal("56"))
    required_tests.enter_results(order=order, values=[alt], taken_on=today, lab="Sample Lab", by=everyone.nurse)
    return order


def approve(everyone, **changes):
    """A real approval: a packet sent, assessed, every gate settled, signed."""
    assessment = assessed(everyone, **changes)
    for finding in assessment.findings.in_force().unsettled_gates():
        settled = "overridden" if finding.would_be == "hard_stop" else "handled"
        assessments.settle_finding(finding=finding, resolution=settled, reason="Looked at.", by=everyone.prescriber)
    assessment.refresh_from_db()
    assessments.save_assessment(
        assessment=assessment, version=assessment.version, decision="candidate", reasons="Fits.", by=everyone.prescriber
    )
    return assessments.sign_assessment(
        assessment=assessment, printed_name=everyone.prescriber.name, by=everyone.prescriber
    )


class TestAtSending:
    def test_what_the_rules_find_is_kept_with_the_packet_once(self, everyone):
        packet = submitted(everyone, **GLAUCOMA)
        rows = Finding.objects.filter(occasion_kind="packet", occasion_id=packet.pk)
        glaucoma = rows.get(rule="glaucoma")
        assert (glaucoma.stage, glaucoma.level, glaucoma.is_new) == ("submission", "hard_stop", False)
        assert glaucoma.resolves == BY_CODE["glaucoma"].resolves
        before = rows.count()
        assert note_submission(packet=packet, by=everyone.patient) == []
        assert rows.count() == before

    def test_they_gate_nothing_before_there_is_an_approval(self, everyone):
        submitted(everyone, **GLAUCOMA)
        assert unsettled_gates(everyone.patient) == []


class TestAtTheAssessment:
    def test_a_finding_says_where_it_is_from_what_resolves_it_and_for_what_it_counts(self, everyone):
        assessment = assessed(everyone, conditions={"conditions": ["bipolar"]}, **GLAUCOMA)
        row = assessment.findings.get(rule="bipolar")
        assert row.conditions == ["mood", "ptsd", "anxiety"]
        assert row.facts == ["bipolar"]
        assert (row.level, row.would_be, row.default_level) == ("warn", "warn", "warn")

    def test_running_again_changes_nothing_while_nothing_changed(self, everyone):
        assessment = assessed(everyone, **GLAUCOMA)
        before = set(assessment.findings.values_list("pk", flat=True))
        refresh_findings(assessment=assessment, by=everyone.prescriber)
        assert set(assessment.findings.values_list("pk", flat=True)) == before
        assert not AuditEvent.objects.filter(verb="findings.refreshed", reason="again").exists()

    def test_a_result_that_comes_in_adds_its_finding_and_keeps_what_was_settled(self, everyone):
        assessment = assessed(everyone, **GLAUCOMA)
        glaucoma = assessment.findings.get(rule="glaucoma")
        assessments.settle_finding(
            finding=glaucoma, resolution="overridden", reason="Pressure 14.", by=everyone.prescriber
        )
        abnormal_liver(everyone)
        judge_again(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        found = assessment.findings.in_force().get(rule="test-abnormal")
        assert (found.level, found.value) == ("needs_action", "Liver panel")
        glaucoma.refresh_from_db()
        assert (glaucoma.resolution, glaucoma.ended_at) == ("overridden", None)
        levels = list(assessment.findings.in_force().order_by("position").values_list("level", flat=True))
        assert levels == sorted(levels, key=["hard_stop", "needs_action", "warn", "info", "unknown"].index)

    def test_a_result_that_was_read_takes_its_finding_back(self, everyone):
        assessment = assessed(everyone)
        order = abnormal_liver(everyone)
        judge_again(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        order.refresh_from_db()
        required_tests.verify_test(order=order, words="Known, mild.", by=everyone.prescriber)
        judge_again(patient=everyone.patient, site=everyone.harbor, by=everyone.prescriber)
        assert not assessment.findings.in_force().filter(rule="test-abnormal").exists()
        assert assessment.findings.get(rule="test-abnormal").ended_at is not None

    def test_the_signature_sees_what_came_in_since_and_keeps_it_though_refused(self, everyone):
        assessment = assessed(everyone)
        assessments.save_assessment(
            assessment=assessment,
            version=assessment.version,
            decision="candidate",
            reasons="Fits.",
            by=everyone.prescriber,
        )
        abnormal_liver(everyone)
        with pytest.raises(Refused, match="Outside its range"):
            assessments.sign_assessment(
                assessment=assessment, printed_name=everyone.prescriber.name, by=everyone.prescriber
            )
        assert assessment.findings.in_force().filter(rule="test-abnormal").exists()
        assert not Approval.objects.exists()

    def test_what_was_signed_stays_as_it_was(self, everyone):
        assessment = approve(everyone)
        before = list(assessment.findings.values_list("pk", "resolution"))
        weigh(everyone, "takes-opioid", "hard_stop")
        refresh_findings(assessment=assessment, by=everyone.prescriber)
        assert list(assessment.findings.values_list("pk", "resolution")) == before


class TestTheClinicsLevel:
    def test_it_counts_and_the_default_stays_beside(self, everyone):
        weigh(everyone, "takes-opioid", "needs_action")
        row = assessed(everyone).findings.get(rule="takes-opioid")
        assert (row.level, row.would_be, row.default_level) == ("needs_action", "needs_action", "warn")

    def test_a_rule_that_is_off_finds_nothing_and_the_newest_row_counts(self, everyone):
        weigh(everyone, "takes-opioid", "off")
        assert not assessed(everyone).findings.filter(rule="takes-opioid").exists()
        weigh(everyone, "takes-opioid", "info", now="off")
        assert known_of(everyone.patient, site=everyone.harbor, at=clock.now()).levels == {"takes-opioid": "info"}
        weigh(everyone, "takes-opioid", "warn", now="info")
        assert known_of(everyone.patient, site=everyone.harbor, at=clock.now()).levels == {}
        assert RuleLevel.objects.count() == 3

    def test_raising_one_after_the_approval_asks_for_a_decision(self, everyone):
        approve(everyone)
        recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        assert unsettled_gates(everyone.patient) == []
        weigh(everyone, "takes-opioid", "needs_action")
        recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        assert [row.rule for row in unsettled_gates(everyone.patient)] == ["takes-opioid"]

    @pytest.mark.parametrize("role", ["front_desk", "nurse", "clinic_admin"])
    def test_only_a_prescriber_sets_it(self, everyone, role):
        with pytest.raises(Refused):
            set_rule_level(
                rule=BY_CODE["seizures"], level="info", now="warn", reason="x", by=everyone.by_role(role)
            )  # fmt: skip

    def test_an_old_level_is_a_conflict(self, everyone):
        weigh(everyone, "seizures", "info")
        with pytest.raises(Conflict):
            weigh(everyone, "seizures", "hard_stop")


class TestSinceTheApproval:
    def test_nothing_new_after_a_real_approval(self, everyone):
        approve(everyone, **GLAUCOMA)
        verdicts = recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        assert any(verdict.rule == "glaucoma" for verdict in verdicts)
        assert not Finding.objects.new().exists()
        assert unsettled_gates(everyone.patient) == []

    def test_a_new_medicine_gates_and_tells_the_prescribers_once(self, everyone):
        approve(everyone)
        tell(everyone, "theophylline")
        tell(everyone, "theophylline", "a blue pill")
        assert {row.rule for row in unsettled_gates(everyone.patient)} == {
            "takes-theophylline",
            "medicine-unrecognised",
        }
        task = Task.objects.get(kind="review")
        assert (task.for_role, task.state, task.subject_kind) == ("prescriber", "open", "intake.finding")
        assert "theophylline" not in task.neutral_title
        with pytest.raises(Refused) as refused:
            check_eligible(everyone.patient, day=clock.now().date())
        item = next(item for item in refused.value.items if item.code == "finding-takes-theophylline")
        assert item.for_role(clinical=False) == "Needs a clinician: ask the prescriber."

    def test_settled_is_settled_until_it_changes(self, everyone):
        approve(everyone)
        tell(everyone, "theophylline")
        settle_new_findings(
            findings=unsettled_gates(everyone.patient), site=everyone.harbor, resolution="handled", reason="Stopped.",
            by=everyone.prescriber,
        )  # fmt: skip
        tell(everyone, "theophylline")
        assert unsettled_gates(everyone.patient) == []
        tell(everyone, "theophylline", "Theo-24")
        assert [row.value for row in unsettled_gates(everyone.patient)] == ["theophylline, Theo-24"]

    def test_overriding_many_at_once_needs_a_prescriber(self, everyone):
        approve(everyone)
        tell(everyone, "theophylline", "a blue pill")
        open_ones = unsettled_gates(everyone.patient)
        said = {"findings": open_ones, "site": everyone.harbor, "reason": "Weighed."}
        with pytest.raises(Refused):
            override_new_findings(by=everyone.nurse, **said)
        assert len(override_new_findings(by=everyone.prescriber, **said)) == 2
        assert override_new_findings(findings=[], site=everyone.harbor, reason="x", by=everyone.prescriber) == []
        assert unsettled_gates(everyone.patient) == []

    def test_what_is_gone_or_of_an_assessment_is_not_settled_here(self, everyone):
        assessment = approve(everyone)
        tell(everyone, "theophylline")
        row = unsettled_gates(everyone.patient)[0]
        tell(everyone)
        said = {"site": everyone.harbor, "resolution": "handled", "reason": "x", "by": everyone.prescriber}
        for findings in ([row], list(assessment.findings.filter(would_be="warn")[:1])):
            with pytest.raises(Refused, match="no longer open"):
                settle_new_findings(findings=findings, **said)

    def test_a_new_approval_begins_anew(self, everyone):
        approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
        tell(everyone, "theophylline")
        assert unsettled_gates(everyone.patient)
        at = clock.now() + dt.timedelta(seconds=1)
        newest = Approval.objects.get()
        newest.pk, newest.approved_at = None, at
        newest.save(force_insert=True)
        assert unsettled_gates(everyone.patient) == []

    def test_without_an_approval_in_force_nothing_is_kept(self, everyone):
        tell(everyone, "theophylline")
        approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber, days=-1)
        occasion = Occasion(CHANGE, everyone.patient.pk)
        found = run_rules(
            patient=everyone.patient, site=everyone.harbor, stage="booking", occasion=occasion, by=everyone.nurse
        )  # fmt: skip
        assert found == []
        assert not Finding.objects.new().exists()

    def test_every_run_that_changes_something_is_in_the_audit(self, everyone):
        approve(everyone)
        recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)
        assert not AuditEvent.objects.filter(verb="findings.run").exists()
        tell(everyone, "theophylline")
        event = AuditEvent.objects.get(verb="findings.run")
        assert event.detail == {"stage": "booking", "new": ["takes-theophylline"], "ended": []}

    def test_a_run_asks_a_bounded_number_of_questions(self, everyone, django_assert_max_num_queries):
        approve(everyone)
        with django_assert_max_num_queries(26):
            recheck(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse)


def test_the_result_of_a_test_runs_the_rules_by_itself(everyone, django_capture_on_commit_callbacks):
    approve(everyone)
    with django_capture_on_commit_callbacks(execute=True):
        abnormal_liver(everyone)
    assert [row.rule for row in unsettled_gates(everyone.patient)] == ["test-abnormal"]
