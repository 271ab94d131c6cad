"""Boosters up to their visit, clocks of safety, help beside infusions, progress letters: actions on the database."""

import datetime as dt
from decimal import Decimal

import pytest

from clinic import clock
from clinic.actions import appointments
from clinic.actions.required_tests import enter_brought_results
from clinic.models import AuditEvent, Document, Patient, Referrer, SafetyCheckDue, SafetyWaiver, Task, TestOrder
from clinic.refusal import Conflict, Refused
from clinic.rules.required_tests import Typed
from followup.actions import adjuncts, booking, booster, progress, reassessing, sweeps, wanted
from followup.models import AdjunctVisit, BoosterProposal, BoosterRequest, LetterSending, ProgressLetter
from followup.queries.booster import facts_of
from followup.queries.wanted import wanted_visit
from intake.actions.scores import enter_score
from intake.models import Finding
from sessions.actions import safety
from tests import factories
from tests.followup.approvals import approved
from tests.followup.conftest import NOW, TODAY, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def time_stands(monkeypatch):
    """A function that stops the clock at a moment."""
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


def verbs():
    return set(AuditEvent.objects.values_list("verb", flat=True))


@pytest.fixture
def accepted(story, time_stands):
    """A proposal of the story's course, accepted by the prescriber."""
    time_stands(NOW)
    approved(story.patient, site=story.harbor, by=story.prescriber)
    proposal = booster.review(course=story.course, at=NOW)
    return booster.accept(proposal=proposal, by=story.prescriber, at=NOW)


def book(story, proposal, *, day=None, kind="booster"):
    """A visit of this course on the first day of the window at ten."""
    day = day or proposal.chosen_start
    starts_at = dt.datetime.combine(day, dt.time(14), tzinfo=dt.UTC)
    return factories.appointment(
        of=story.patient, at_site=story.harbor, starts_at=starts_at, course=story.course, kind=kind, number=5,
        booked_at=NOW + dt.timedelta(hours=1),
    )  # fmt: skip


class TestFromProposalToVisit:
    def test_the_visit_closes_the_task_and_stands_with_the_proposal(self, story, accepted):
        assert wanted_visit(story.patient).words.startswith("A visit is asked for between")
        visit = book(story, accepted)
        wanted.note_booked(patient=story.patient, by=story.front_desk, at=NOW)
        accepted.refresh_from_db()
        assert accepted.visit == visit
        assert accepted.booking.state == "done"
        assert wanted_visit(story.patient) is None
        assert "booster.booked" in verbs()

    def test_a_visit_outside_the_days_is_kept_and_said(self, story, accepted):
        book(story, accepted, day=accepted.chosen_end + dt.timedelta(days=3))
        wanted.settle(proposal=accepted, by=story.front_desk, at=NOW)
        assert "outside the accepted days" in Task.objects.get(pk=accepted.booking_id).outcome

    def test_the_sweep_finds_what_was_booked_elsewhere(self, story, accepted):
        book(story, accepted)
        assert sweeps.plan_due(at=NOW)["bookings"] == 1
        assert sweeps.plan_due(at=NOW)["bookings"] == 0

    def test_a_visit_that_falls_through_asks_the_desk_again_once(self, story, accepted):
        visit = book(story, accepted)
        wanted.settle(proposal=accepted, at=NOW)
        appointments.cancel(appointment=visit, by=story.front_desk, reason="A cold", at=NOW)
        wanted.settle(proposal=accepted, at=NOW)
        wanted.settle(proposal=accepted, at=NOW)
        accepted.refresh_from_db()
        assert accepted.visit is None
        assert Task.objects.filter(kind="booking", state="open", patient=story.patient).count() == 1

    def test_booking_by_the_page_settles_it_at_once(self, story, accepted):
        starts_at = dt.datetime.combine(accepted.chosen_start, dt.time(14), tzinfo=dt.UTC)
        SafetyWaiver.objects.bulk_create(
            SafetyWaiver(patient=story.patient, site=story.harbor, code=code, reason="Test", made_at=NOW,
                         made_by=story.prescriber)
            for code in ("liver", "kidney", "bladder", "pregnancy", "cognition", "misuse", "blood_pressure")
        )  # fmt: skip
        visit = booking.book_visit(
            patient=story.patient, site=story.harbor, kind="booster", starts_at=starts_at, by=story.front_desk,
            course=story.course, at=NOW,
        )  # fmt: skip
        accepted.refresh_from_db()
        assert accepted.visit == visit


class TestTakenBack:
    def test_the_task_goes_and_the_course_is_weighed_anew(self, story, accepted):
        booster.withdraw(proposal=accepted, reason="Wrong patient on the screen", by=story.prescriber, at=NOW)
        accepted.refresh_from_db()
        assert accepted.state == "withdrawn"
        assert accepted.booking.state == "withdrawn"
        assert BoosterProposal.objects.filter(course=story.course, state="proposed").count() == 1
        assert "booster.withdrawn" in verbs()

    def test_needs_a_reason_and_a_visit_that_is_not_booked(self, story, accepted):
        with pytest.raises(Refused, match="Write why"):
            booster.withdraw(proposal=accepted, reason=" ", by=story.prescriber, at=NOW)
        book(story, accepted)
        wanted.settle(proposal=accepted, at=NOW)
        with pytest.raises(Refused, match="cancel or move"):
            booster.withdraw(proposal=accepted, reason="x", by=story.prescriber, at=NOW)


@pytest.fixture
def stopped(story):
    """An accepted "stop and reassess"."""
    proposal = BoosterProposal.objects.create(
        course=story.course, kind="reassess", headline="Stop and reassess.", confidence="low", rests_on="x",
        fingerprint="x", made_at=NOW,
    )  # fmt: skip
    return booster.accept(proposal=proposal, by=story.prescriber, at=NOW)


class TestReassessing:
    def test_no_infusion_is_booked_until_the_outcome_stands(self, story, stopped):
        with pytest.raises(Refused) as refused:
            booking.check_may_be_booked(story.course, at=NOW)
        assert "reassess" in {item.code for item in refused.value.items}
        reassessing.reassess(proposal=stopped, outcome="go_on", reason="Sleeps", by=story.prescriber, at=NOW)
        with pytest.raises(Refused) as refused:
            booking.check_may_be_booked(story.course, at=NOW)
        assert "reassess" not in {item.code for item in refused.value.items}

    def test_ending_the_course_ends_it_and_once_is_once(self, story, stopped):
        reassessing.reassess(proposal=stopped, outcome="stop", reason="No relief", by=story.prescriber, at=NOW)
        story.course.refresh_from_db()
        assert story.course.state == "stopped"
        assert "course.reassessed" in verbs()
        with pytest.raises(Refused, match="no reassessment to write"):
            reassessing.reassess(proposal=stopped, outcome="go_on", reason="x", by=story.prescriber, at=NOW)

    def test_it_is_the_prescriber_s(self, story, stopped):
        with pytest.raises(Refused, match="Only a prescriber"):
            reassessing.reassess(proposal=stopped, outcome="go_on", reason="x", by=story.nurse, at=NOW)


class TestRequests:
    def test_a_request_counts_as_asking(self, story):
        reassessing.note_request(course=story.course, asked_on=TODAY, how="phone", by=story.nurse, at=NOW)
        assert facts_of(story.course, NOW).asked_on == TODAY
        assert "booster.asked" in verbs()

    def test_once_a_day_and_not_for_tomorrow(self, story):
        reassessing.note_request(course=story.course, asked_on=TODAY, how="phone", by=story.nurse, at=NOW)
        with pytest.raises(Refused, match="noted for this day"):
            reassessing.note_request(course=story.course, asked_on=TODAY, how="visit", by=story.nurse, at=NOW)
        with pytest.raises(Refused, match="lies ahead"):
            reassessing.note_request(
                course=story.course, asked_on=TODAY + dt.timedelta(days=1), how="phone", by=story.nurse, at=NOW
            )
        assert BoosterRequest.objects.count() == 1


def clocks(patient):
    return {row.code: row for row in SafetyCheckDue.objects.filter(patient=patient)}


def liver(p, *, alt, on, high=40):
    values = [Typed("alt", number=Decimal(alt), unit="U/L", range_high=Decimal(high))]
    return enter_brought_results(patient=p.patient, site=p.site, code="liver", values=values, taken_on=on, by=p.nurse)


class TestClocks:
    def test_what_was_never_done_is_overdue_and_the_nurse_is_told_once(self, story):
        safety.refresh(patient=story.patient, at=NOW)
        assert clocks(story.patient)["liver"].is_overdue(TODAY)
        assert safety.refresh(patient=story.patient, at=NOW) == []
        task = Task.objects.get(dedupe_key__startswith="safety:")
        assert "liver panel" in task.title
        assert "liver" not in task.neutral_title
        assert "safety.worked_out" in verbs()

    def test_results_and_scores_set_them_anew(self, story, time_stands, django_capture_on_commit_callbacks):
        time_stands(NOW)
        safety.refresh(patient=story.patient, at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            liver(story, alt=130, on=TODAY)
            enter_score(patient=story.patient, site=story.harbor, instrument="icsi", total=4, day=TODAY, by=story.nurse)
        found = clocks(story.patient)
        assert (found["liver"].last_on, found["bladder"].last_on) == (TODAY, TODAY)
        assert not found["liver"].is_due(TODAY)
        notes = {note.code: note.text for note in facts_of(story.course, NOW).against}
        assert notes["liver"] == "ALT 130 U/L, 3.2 times the laboratory's upper limit."
        assert "liver" not in notes["safety_overdue"]

    def test_an_overdue_check_is_a_finding_at_booking_and_putting_it_off_ends_it(self, story, time_stands):
        time_stands(NOW)
        approved(story.patient, site=story.harbor, by=story.prescriber)
        booking.run_for_booking(story.course, by=story.front_desk, at=NOW)
        finding = Finding.objects.get(rule="safety-overdue", ended_at=None)
        assert "Liver panel" in finding.reason
        assert finding.neutral == "A check is overdue: ask the nurse."
        for code in clocks(story.patient):
            safety.waive(patient=story.patient, site=story.harbor, code=code, reason="Done elsewhere", until=None,
                         by=story.prescriber, at=NOW)  # fmt: skip
        assert not Finding.objects.filter(rule="safety-overdue", ended_at=None).exists()
        assert Task.objects.get(dedupe_key__startswith="safety:").state == "withdrawn"

    def test_only_a_prescriber_puts_off_and_asks_again(self, story):
        with pytest.raises(Refused, match="Only a prescriber"):
            safety.waive(patient=story.patient, site=story.harbor, code="liver", reason="x", until=None, by=story.nurse)
        safety.waive(patient=story.patient, site=story.harbor, code="liver", reason="x", until=None,
                     by=story.prescriber, at=NOW)  # fmt: skip
        assert clocks(story.patient)["liver"].due_on is None
        later = NOW + dt.timedelta(minutes=1)
        safety.lift_waiver(patient=story.patient, site=story.harbor, code="liver", by=story.prescriber, at=later)
        assert clocks(story.patient)["liver"].is_overdue(TODAY)
        with pytest.raises(Refused, match="asked for already"):
            safety.lift_waiver(patient=story.patient, site=story.harbor, code="liver", by=story.prescriber, at=later)

    def test_the_laboratory_is_asked_for_what_is_due(self, story, time_stands):
        time_stands(NOW)
        safety.ask_due_tests(patient=story.patient, site=story.harbor, by=story.prescriber, at=NOW)
        assert {"liver", "kidney"} <= set(TestOrder.objects.values_list("code", flat=True))

    def test_without_a_signed_plan_no_clock_runs(self, p):
        make_course(p, signed_at=None, state="planned")
        assert safety.refresh(patient=p.patient, at=NOW) == []
        assert clocks(p.patient) == {}

    def test_rows_go_with_the_check_that_is_no_longer_asked(self, story):
        Patient.objects.filter(pk=story.patient.pk).update(sex="female")
        safety.refresh(patient=story.patient, at=NOW)
        assert "pregnancy" in clocks(story.patient)
        Patient.objects.filter(pk=story.patient.pk).update(sex="male")
        assert safety.refresh(patient=story.patient, at=NOW) == ["pregnancy"]
        assert "pregnancy" not in clocks(story.patient)


class TestBesideTheInfusions:
    @pytest.fixture
    def referral(self, story):
        return adjuncts.refer(
            course=story.course, kind="physical", to_whom="Sample practice", asked_on=TODAY, by=story.nurse, at=NOW
        )

    def test_an_appointment_is_noted_kept_and_taken_back(self, story, referral):
        visit = adjuncts.plan_visit(referral=referral, day=TODAY, state="attended", by=story.nurse, at=NOW)
        referral.refresh_from_db()
        assert (referral.state, visit.state, visit.told_by) == ("active", "attended", story.nurse)
        visit = adjuncts.tell_visit(visit=visit, state="missed", by=story.nurse, at=NOW)
        assert visit.state == "missed"
        visit = adjuncts.tell_visit(visit=visit, state="planned", by=story.nurse, at=NOW)
        assert (visit.state, visit.told_at) == ("planned", None)
        assert {"adjunct.referred", "adjunct.visit_attended", "adjunct.visit_planned"} <= verbs()

    def test_once_a_day_and_not_by_the_desk(self, story, referral):
        adjuncts.plan_visit(referral=referral, day=TODAY, by=story.nurse, at=NOW)
        with pytest.raises(Conflict, match="noted already"):
            adjuncts.plan_visit(referral=referral, day=TODAY, by=story.nurse, at=NOW)
        with pytest.raises(Refused, match="Only a nurse or a prescriber"):
            adjuncts.plan_visit(referral=referral, day=TODAY, by=story.front_desk, at=NOW)
        assert AdjunctVisit.objects.count() == 1

    def test_ending_says_why(self, story, referral):
        with pytest.raises(Refused, match="Write why"):
            adjuncts.set_referral(referral=referral, state="ended", by=story.nurse, at=NOW)
        ended = adjuncts.set_referral(referral=referral, state="ended", reason="Moved away", by=story.nurse, at=NOW)
        assert (ended.state, ended.why_ended) == ("ended", "Moved away")


class TestProgressLetters:
    @pytest.fixture
    def letter(self, story, time_stands):
        time_stands(NOW)
        referrer = Referrer.objects.create(name="Dr. Rae Ferrer", organisation="Sample practice")
        Patient.objects.filter(pk=story.patient.pk).update(referrer=referrer)
        return progress.start_letter(course=story.course, by=story.prescriber, at=NOW)

    def edit(self, story, letter, **said):
        kept = {name: getattr(letter, name) for name in progress.FIELDS} | {"version": letter.version}
        return progress.edit_letter(letter=letter, by=story.prescriber, at=NOW, **kept | said)

    def test_it_is_drafted_from_the_record(self, story, letter):
        assert letter.title.startswith(f"Progress of Ngozi Okafor-Test, born {story.patient.born_on:%d-%b-%Y}")
        assert "4 infusions between" in letter.body
        assert "lasted 18–19" in letter.body or "lasted 19" in letter.body
        assert "{" not in letter.body
        assert len(letter.figures) == 4
        assert progress.start_letter(course=story.course, by=story.prescriber, at=NOW) == letter

    def test_without_a_referrer_it_is_refused(self, story):
        with pytest.raises(Refused, match="No referrer"):
            progress.start_letter(course=story.course, by=story.prescriber, at=NOW)

    def test_edited_signed_kept_and_sent(self, story, letter):
        letter = self.edit(story, letter, body=letter.body + "\n\nShe gardens again.")
        assert letter.version == 2
        with pytest.raises(Conflict):
            progress.sign_letter(letter=letter, version=1, by=story.prescriber, at=NOW)
        signed = progress.sign_letter(letter=letter, version=2, by=story.prescriber, at=NOW)
        document = Document.objects.get(pk=signed.document_id)
        assert (document.kind, document.field_class) == ("letter", "mental")
        assert progress.sign_letter(letter=letter, version=2, by=story.prescriber, at=NOW).document == document
        with pytest.raises(Refused, match="signed or put away"):
            self.edit(story, signed, body="Something else altogether.")
        progress.note_sent(letter=signed, way="fax", to_whom="Dr. Rae Ferrer", by=story.nurse, at=NOW)
        assert LetterSending.objects.get().to_whom == "Dr. Rae Ferrer"
        assert {"progress.signed", "disclosure.noted"} <= verbs()

    def test_an_old_page_does_not_overwrite(self, story, letter):
        self.edit(story, letter, title="Progress so far")
        with pytest.raises(Conflict) as conflict:
            self.edit(story, letter, title="Something else", version=1)
        assert conflict.value.current.title == "Progress so far"

    def test_a_draft_is_put_away_and_another_begun(self, story, letter):
        progress.discard_letter(letter=letter, by=story.prescriber, at=NOW)
        assert progress.start_letter(course=story.course, by=story.prescriber, at=NOW) != letter
        with pytest.raises(Refused, match="Sign it first"):
            progress.note_sent(letter=letter, way="fax", to_whom="x", by=story.nurse, at=NOW)

    def test_a_week_after_the_series_the_worker_drafts_it_once(self, story):
        referrer = Referrer.objects.create(name="Dr. Rae Ferrer")
        Patient.objects.filter(pk=story.patient.pk).update(referrer=referrer)
        early = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
        assert sweeps.plan_due(at=early)["letters"] == 0
        assert sweeps.plan_due(at=NOW)["letters"] == 1
        assert sweeps.plan_due(at=NOW)["letters"] == 0
        letter = ProgressLetter.objects.get()
        assert letter.made_by is None
        assert letter.task.for_role == "prescriber"
        assert "Ferrer" not in letter.task.neutral_title
