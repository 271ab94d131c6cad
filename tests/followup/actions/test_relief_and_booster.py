"""Episodes and curves are rebuilt from what was recorded; proposals are put forward once and decided by a person."""

import datetime as dt

import pytest

from clinic.models import AuditEvent, Message, Task
from clinic.notify import sender
from clinic.refusal import Refused
from followup.actions import booster, contacts, relief, sweeps
from followup.models import BoosterProposal, FollowUpContact, ReliefEpisode
from followup.queries.relief import follow
from tests import factories


def test_a_course_is_followed_from_sessions_and_diary(story, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        followed = follow(story.course)
    assert (followed.baseline.value, followed.baseline.source) == (8, "diary")
    assert [(e.spans[30].low, e.spans[30].high) for e in followed.episodes] == [
        (19, 20),
        (23, 24),
        (21, 22),
        (15, None),
    ]
    assert [e.spans[50].high for e in followed.episodes][-1] == 14
    assert [(g.mg, g.mg_per_kg, g.minutes) for g in followed.given][0] == (40, dt_decimal("0.50"), 40)


def dt_decimal(value):
    from decimal import Decimal

    return Decimal(value)


def test_rebuilding_stores_pain_and_mood_apart_and_twice_is_the_same(story):
    assert relief.rebuild(course=story.course, at=story.now) == 8
    rows = list(
        ReliefEpisode.objects.filter(measure="pain").values_list("number", "ending_30", "low_30", "high_30", "mg")
    )
    assert rows[0] == (1, "lost", 19, 20, 40)
    assert set(ReliefEpisode.objects.filter(measure="mood").values_list("ending_30", flat=True)) == {"too_few"}
    assert relief.rebuild(course=story.course, at=story.now) == 8
    assert ReliefEpisode.objects.count() == 8


def test_a_report_that_comes_later_changes_the_episode(story):
    relief.rebuild(course=story.course, at=story.now)
    for day in (dt.date(2026, 5, 14), dt.date(2026, 5, 15)):
        factories.diary(course=story.course, day=day, pain=7)
    relief.rebuild(course=story.course, at=story.now)
    assert ReliefEpisode.objects.get(measure="pain", number=4).ending_30 == "lost"


def test_consecutive_days_are_one_block(p, pain_course):
    course = pain_course()
    course.protocol_version.consecutive_days = True
    for number in range(1, 5):
        factories.infusion(course=course, on=dt.date(2026, 3, number), nurse=p.nurse, number=number, mg="50")
    factories.diaries(course=course, first=dt.date(2026, 3, 5), pains=[3, 3])
    followed = follow(course)
    assert [b.label for b in followed.blocks] == ["1–4"]
    assert followed.total(followed.blocks[0], "mg") == 200


@pytest.fixture
def proposal(story):
    return booster.review(course=story.course, at=story.now)


def test_a_window_is_proposed_from_the_patients_own_intervals(story, proposal):
    assert (proposal.kind, proposal.state) == ("window", "proposed")
    last = dt.date(2026, 4, 28)
    assert proposal.starts_on <= last + dt.timedelta(days=19) < last + dt.timedelta(days=24) <= proposal.ends_on
    assert "19–20, 23–24 and 21–22 days" in " ".join(note["text"] for note in proposal.reasons)
    assert (proposal.task.for_role, proposal.task.neutral_title) == ("prescriber", "A course waits for the prescriber.")
    assert "mg" not in str(proposal.reasons) + str(proposal.against) + proposal.headline


def test_the_same_proposal_is_made_once(story, proposal):
    assert booster.review(course=story.course, at=story.now + dt.timedelta(hours=3)).pk == proposal.pk
    assert BoosterProposal.objects.count() == 1


def test_new_facts_supersede_it(story, proposal):
    for day in (dt.date(2026, 5, 14), dt.date(2026, 5, 15)):
        factories.diary(course=story.course, day=day, pain=8)
    second = booster.review(course=story.course, at=story.now + dt.timedelta(days=1))
    proposal.refresh_from_db()
    proposal.task.refresh_from_db()
    assert second.pk != proposal.pk
    assert (proposal.state, proposal.task.state) == ("superseded", "withdrawn")


def test_a_booked_infusion_leaves_nothing_to_propose(story, proposal):
    factories.appointment(of=story.patient, at_site=story.site, course=story.course, kind="booster", number=5,
                          starts_at=story.now + dt.timedelta(days=5))  # fmt: skip
    assert booster.review(course=story.course, at=story.now) is None
    proposal.refresh_from_db()
    assert proposal.state == "superseded"


def test_accepting_sends_it_to_booking_with_neutral_words(story, proposal):
    booster.accept(proposal=proposal, by=story.prescriber, at=story.now)
    proposal.refresh_from_db()
    task = Task.objects.get(kind="booking")
    assert (proposal.state, proposal.decided_by, proposal.chosen_start) == (
        "accepted",
        story.prescriber,
        proposal.starts_on,
    )
    assert (task.for_role, task.subject_id, task.neutral_title.startswith("Book a visit, ")) == (
        "front_desk",
        story.course.pk,
        True,
    )
    assert "booster" not in task.neutral_title.lower()
    proposal.task.refresh_from_db()
    assert proposal.task.state == "done"
    assert AuditEvent.objects.filter(verb="booster.accepted", patient=story.patient).exists()


def test_changing_needs_a_reason_and_dates_that_can_be(story, proposal):
    with pytest.raises(Refused) as problem:
        booster.change(
            proposal=proposal,
            start=dt.date(2026, 5, 1),
            end=dt.date(2026, 4, 1),
            reason=" ",
            by=story.prescriber,
            at=story.now,
        )
    assert [item.field for item in problem.value.items] == ["start", "end", "reason"]
    booster.change(
        proposal=proposal,
        start=dt.date(2026, 6, 1),
        end=dt.date(2026, 6, 5),
        reason="holiday",
        by=story.prescriber,
        at=story.now,
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.chosen_start, proposal.starts_on) == (
        "changed",
        dt.date(2026, 6, 1),
        dt.date(2026, 5, 15),
    )


def test_declining_needs_a_reason_and_rests_for_a_week(story, proposal):
    with pytest.raises(Refused):
        booster.decline(proposal=proposal, reason="", by=story.prescriber, at=story.now)
    booster.decline(proposal=proposal, reason="wants to wait", by=story.prescriber, at=story.now)
    assert not Task.objects.filter(kind="booking").exists()
    assert booster.review(course=story.course, at=story.now + dt.timedelta(days=6)) is None
    assert booster.review(course=story.course, at=story.now + dt.timedelta(days=8)) is not None


def test_a_decided_proposal_is_decided(story, proposal):
    booster.accept(proposal=proposal, by=story.prescriber, at=story.now)
    with pytest.raises(Refused):
        booster.decline(proposal=proposal, reason="too late", by=story.prescriber, at=story.now)
    assert booster.review(course=story.course, at=story.now + dt.timedelta(days=5)) is None
    later = booster.review(course=story.course, at=story.now + dt.timedelta(days=30))
    assert later.starts_on > proposal.ends_on, "its days passed and nothing was booked: weighed anew"


def test_no_relief_after_the_protocols_number_says_stop_and_reassess(p, pain_course):
    course = pain_course(packet_pain_average="8.0")
    for number, day in enumerate((1, 8, 15), start=1):
        factories.infusion(course=course, on=dt.date(2026, 4, day), nurse=p.nurse, number=number)
        factories.diaries(course=course, first=dt.date(2026, 4, day + 1), pains=[8, 8, 7, 8], function=3)
    found = booster.review(course=course, at=dt.datetime(2026, 4, 22, 15, tzinfo=dt.UTC))
    assert (found.kind, found.starts_on) == ("reassess", None)
    booster.accept(proposal=found, by=p.prescriber)
    assert Task.objects.get(kind="booking").neutral_title == "Book a consultation."


def test_a_bladder_answer_says_stop_and_reassess(story):
    factories.diary(course=story.course, day=dt.date(2026, 5, 14), side_effects=["bladder"], pain=4)
    assert booster.review(course=story.course, at=story.now).kind == "reassess"


def test_the_day_after_has_its_contact_once(story):
    session = story.sessions[0]
    contacts.make_contact(session=session, at=story.now)
    contacts.make_contact(session=session, at=story.now)
    task = Task.objects.get(kind="contact")
    assert (FollowUpContact.objects.count(), task.due_at) == (1, dt.datetime(2026, 1, 26, 15, tzinfo=dt.UTC))
    assert task.neutral_title == "Next-day contact."


def test_the_instructions_are_mailed_once_and_not_a_day_late(story):
    session = story.sessions[0]
    contacts.make_contact(session=session, at=session.ended_at)
    message = Message.objects.get(kind="going_home")
    assert (message.patient, message.due_at) == (story.patient, session.ended_at)
    sender.sweep(at=session.ended_at + dt.timedelta(hours=13))
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("withdrawn", "too late to be of use")


def test_the_sweep_does_what_is_due_and_then_rests(story):
    at = dt.datetime(2026, 4, 29, 15, tzinfo=dt.UTC)
    first = sweeps.plan_due(at=at)
    assert (first["contacts"], first["plans"], first["reviews"]) == (1, 1, 1)
    assert not any(sweeps.plan_due(at=at).values())
    assert ReliefEpisode.objects.filter(course=story.course).exists()


def test_one_spoiled_course_does_not_hold_up_the_others(story, pain_course, monkeypatch):
    other = pain_course(patient=factories.patient(at_site=story.site))
    real = relief.rebuild

    def spoiled(*, course, **more):
        if course.pk == story.course.pk:
            raise ValueError
        return real(course=course, **more)

    monkeypatch.setattr(relief, "rebuild", spoiled)
    sweeps.plan_due(at=story.now)
    plans = {plan.course_id: plan.review_at for plan in (story.course.diary_plan, other.diary_plan)}
    assert plans[story.course.pk] == story.now + dt.timedelta(hours=1)
    assert plans[other.pk] > story.now + dt.timedelta(hours=5)
