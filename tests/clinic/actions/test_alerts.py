"""Alerts: raised once, told at once, climbing by time until a named person answers, never just gone."""

import datetime as dt

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from clinic.actions import alerts, setup
from clinic.models import (
    Alert,
    AlertNotice,
    AlertRemark,
    AlertRoute,
    AuditEvent,
    ClosedDay,
    Membership,
    Message,
    RouteStep,
    StaffAbsence,
)
from clinic.notify import sender
from clinic.refusal import Refused
from clinic.tasks import climb_alerts
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
# A Wednesday, 14:00 in New York: the site is open from 8 to 18. That night is 22:00.
NOON = dt.datetime(2026, 11, 18, 19, 0, tzinfo=dt.UTC)
NIGHT = NOON + dt.timedelta(hours=8)
OPENS = NOON + dt.timedelta(hours=18)


p = standing(people)


def raised(p, **fields):
    return alerts.raise_alert("suicide", patient=p.patient, site=p.site, words="Item 9: 2", by=p.patient, **fields)


def heard(p, value, at=NOON, **fields):
    given = {"patient": p.patient, "site": p.site, "code": "item", "words": f"{value} of 3", "by": p.patient}
    return alerts.note_answer("suicide", value=value, subject=p.site, at=at, **given | fields)


def step(after_minutes, when="always", **fields):
    return RouteStep(after_minutes=after_minutes, when=when, **fields)


def outside(after_minutes, when="closed", **fields):
    return step(after_minutes, when, whom="outside", name="Night service", **fields)


def set_route(p, *steps, repeat_minutes=30, by=None, at=None):
    route = AlertRoute(site=p.site, repeat_minutes=repeat_minutes)
    return setup.set_route(route=route, steps=list(steps), by=by or p.clinic_admin, at=at)


def told(alert):
    """(who, minutes) of every row of who was told."""
    return [(notice.whom, notice.after_minutes) for notice in alert.notices.order_by("sent_at", "after_minutes")]


def at(minutes):
    return NOON + dt.timedelta(minutes=minutes)


# --- the same minute ---
def test_clinicians_of_the_site_are_told_in_the_moment_it_is_raised(p):
    alert = raised(p, at=NOON)
    everyone = {p.nurse, p.colleague, p.prescriber, p.prescriber_too}
    assert {notice.user for notice in alert.notices.all()} == everyone
    assert {message.user for message in Message.objects.filter(kind="staff_alert")} == everyone
    assert Message.objects.filter(due_at=NOON, state="due").count() == 4


def test_the_mail_goes_out_and_tells_nothing(p, settings):
    settings.BASE_URL = "https://clinic.example"
    alert = raised(p, at=NOON)
    sender.sweep(at=NOON)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {user.email for user in (p.nurse, p.colleague, p.prescriber, p.prescriber_too)}
    letter = letters[p.nurse.email]
    assert letter.subject == f"{p.site.short_name}: an alert waits for an answer"
    assert f"https://clinic.example/tasks/alerts/{alert.pk}/" in letter.body
    assert "since 18-Nov-2026 14:00 (0 minutes)" in letter.body
    for secret in (p.patient.family_name, p.patient.given_name, "Item 9", "suicid"):
        assert secret.lower() not in (letter.subject + letter.body).lower()


def test_who_is_away_is_not_told_unless_everybody_is(p):
    away = {"during": (NOON - dt.timedelta(days=1), NOON + dt.timedelta(days=1))}
    StaffAbsence.objects.create(user=p.nurse, **away)
    first = {notice.user for notice in raised(p, at=NOON).notices.all()}
    assert p.nurse not in first
    assert p.colleague in first
    StaffAbsence.objects.create(user=p.colleague, **away)
    second = {notice.user for notice in raised(p, at=NOON, dedupe_key="2").notices.all()}
    assert {p.nurse, p.colleague} <= second


def test_who_has_left_is_not_told(p):
    Membership.objects.filter(user=p.colleague).update(until=NOON - dt.timedelta(days=1))
    assert p.colleague not in {notice.user for notice in raised(p, at=NOON).notices.all()}


def test_a_role_that_nobody_holds_is_said(p):
    Membership.objects.filter(site=p.site, role="nurse").update(until=NOON - dt.timedelta(days=1))
    notice = raised(p, at=NOON).notices.get(user=None)
    assert (notice.whom, notice.why_not, notice.message) == ("every nurse", "nobody holds this role here", None)


def test_the_same_key_raises_one_alert_and_tells_once(p):
    assert raised(p, dedupe_key="a") == raised(p, dedupe_key="a")
    assert Message.objects.filter(kind="staff_alert").count() == 4


# --- over time, by the shipped route ---
def test_an_unanswered_alert_climbs_and_then_repeats_for_ever(p):
    alert = raised(p, at=NOON)
    for minute in range(121):
        alerts.escalate_alerts(at=at(minute))
    alert.refresh_from_db()
    sent = sorted(
        {
            ((notice.sent_at - NOON).seconds // 60, notice.after_minutes, notice.is_repeat)
            for notice in alert.notices.all()
        }
    )
    assert sent == [(0, 0, False), (10, 10, False), (25, 25, False), (55, 25, True), (85, 25, True), (115, 25, True)]
    assert (alert.state, alert.escalation) == ("open", 5)
    last = {notice.user for notice in alert.notices.filter(sent_at=at(115))}
    assert last == {p.prescriber, p.prescriber_too, p.clinic_admin}


def test_nothing_is_sent_between_the_steps(p):
    alert = raised(p, at=NOON)
    assert alerts.escalate_alerts(at=at(9)) == 0
    assert alerts.escalate_alerts(at=at(10)) == 1
    assert alerts.escalate_alerts(at=at(10)) == 0
    alert.refresh_from_db()
    assert (alert.escalation, alert.next_escalation_at) == (1, at(25))


def test_after_an_hour_without_a_worker_everyone_gets_one_mail(p):
    alert = raised(p, at=NOON)
    alerts.escalate_alerts(at=at(70))
    late = alert.notices.filter(sent_at=at(70))
    assert {notice.after_minutes for notice in late} == {10, 25}
    assert Message.objects.filter(kind="staff_alert", queued_at=at(70)).count() == 5
    assert alerts.escalate_alerts(at=at(71)) == 0


def test_an_answered_alert_stands_still_and_its_mail_is_withdrawn(p):
    alert = raised(p, at=NOON)
    alerts.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called, safe, sister is with her.", at=at(5))
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert alerts.escalate_alerts(at=at(600)) == 0
    alert.refresh_from_db()
    assert (alert.state, alert.escalation, alert.next_escalation_at) == ("acknowledged", 0, None)


def test_the_task_of_each_minute_climbs_with_the_real_clock(p):
    alert = raised(p)
    Alert.objects.filter(pk=alert.pk).update(raised_at=alert.raised_at - dt.timedelta(minutes=11))
    Alert.objects.filter(pk=alert.pk).update(next_escalation_at=alert.raised_at)
    climb_alerts()
    alert.refresh_from_db()
    assert alert.escalation == 1
    assert AuditEvent.objects.get(verb="alert.escalated").subject_id == alert.pk


def test_two_workers_climb_once(p):
    raised(p, at=NOON)
    assert [alerts.escalate_alerts(at=at(10)), alerts.escalate_alerts(at=at(10))] == [1, 0]


# --- the site's own route ---
def test_at_night_the_route_of_the_night_is_taken_and_by_day_that_of_the_day(p):
    set_route(p, step(0, role="nurse"), outside(0, email="night@tideline.example"), step(15, "open", role="prescriber"))
    alert = raised(p, at=NIGHT)
    assert ("Night service, outside", 0) in told(alert)
    alerts.escalate_alerts(at=NIGHT + dt.timedelta(minutes=15))
    assert not alert.notices.filter(after_minutes=15).exists()
    for minute in range(30, 600, 30):
        alerts.escalate_alerts(at=NIGHT + dt.timedelta(minutes=minute))
    assert alert.notices.filter(is_repeat=True, whom="Night service, outside").exists()
    alerts.escalate_alerts(at=OPENS)
    assert {notice.user for notice in alert.notices.filter(after_minutes=15)} == {p.prescriber, p.prescriber_too}


def test_somebody_outside_gets_a_mail_with_the_number_to_call(p):
    factories.policy(at_site=p.site, out_of_hours_phone="555 0177")
    set_route(p, step(0, "open", role="nurse"), outside(0, email="night@tideline.example"))
    raised(p, at=NIGHT)
    sender.sweep(at=NIGHT)
    letter = mail.outbox[0]
    assert letter.to == ["night@tideline.example"]
    assert "Hello Night service" in letter.body
    assert "555 0177" in letter.body
    message = Message.objects.get(outside="Night service")
    assert (message.state, message.address, message.patient, message.user) == (
        "sent", "night@tideline.example", None, None,
    )  # fmt: skip


def test_a_phone_alone_is_said_to_be_not_set_up(p, settings):
    settings.SMS_TRANSPORT = "clinic.notify.log.LogTransport"
    set_route(p, step(0, role="nurse"), outside(0, phone="555 0188"))
    settings.SMS_TRANSPORT = ""
    notice = raised(p, at=NIGHT).notices.get(whom="Night service")
    assert (notice.why_not, notice.message) == ("text messages are not set up", None)


def test_with_text_messages_set_up_the_phone_gets_one(p, settings):
    settings.SMS_TRANSPORT = "clinic.notify.log.LogTransport"
    set_route(p, step(0, role="nurse"), outside(0, phone="555 0188"))
    raised(p, at=NIGHT)
    sender.sweep(at=NIGHT)
    message = Message.objects.get(outside="Night service")
    assert (message.channel, message.address, message.state) == ("sms", "555 0188", "sent")


def test_a_named_colleague_is_told_alone_and_by_the_newest_route(p):
    set_route(p, step(0, role="nurse"), at=NOON - dt.timedelta(days=2))
    set_route(p, step(0, whom="user", user=p.prescriber_too), at=NOON - dt.timedelta(days=1))
    assert told(raised(p, at=NOON)) == [(p.prescriber_too.display_name, 0)]
    p.prescriber_too.is_active = False
    p.prescriber_too.save()
    notice = raised(p, at=NOON, dedupe_key="2").notices.get()
    assert notice.why_not == "no longer works here"


def test_on_a_closed_day_it_is_night_all_day(p):
    ClosedDay.objects.create(site=p.site, day=NOON.date(), why="Holiday")
    set_route(p, step(0, "open", role="nurse"), outside(0, email="night@tideline.example"))
    assert told(raised(p, at=NOON)) == [("Night service, outside", 0)]


def test_a_route_is_set_whole_with_author_and_stays(p):
    route = set_route(p, step(0, role="nurse"))
    assert (route.set_by, route.steps.count()) == (p.clinic_admin, 1)
    event = AuditEvent.objects.get(verb="alert_route.set")
    assert (event.user, event.site) == (p.clinic_admin, p.site)
    for change in (
        lambda: AlertRoute.objects.filter(pk=route.pk).update(repeat_minutes=60),
        lambda: RouteStep.objects.filter(route=route).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_route_that_reaches_nobody_at_once_is_refused_and_nothing_is_kept(p):
    with pytest.raises(Refused):
        set_route(p, step(5, role="nurse"))
    assert not AlertRoute.objects.exists()


# --- what is kept ---
def test_who_was_told_is_never_changed(p):
    raised(p, at=NOON)
    for change in (
        lambda: AlertNotice.objects.update(whom="nobody"),
        lambda: AlertNotice.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_alert_needs_words_of_what_was_done(p):
    alert = raised(p)
    with pytest.raises(Refused) as refused:
        alerts.acknowledge_alert(alert=alert, by=p.nurse, done_words="  ")
    assert refused.value.items[0].code == "done-words"
    alerts.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called, safe, seeing her at 3.")
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.next_escalation_at) == ("acknowledged", p.nurse, None)


def test_an_alert_is_not_closed_before_it_is_acknowledged(p):
    alert = raised(p)
    with pytest.raises(Refused):
        alerts.close_alert(alert=alert, by=p.nurse)
    alerts.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called.")
    assert alerts.close_alert(alert=alert, by=p.prescriber).closed_by == p.prescriber


def test_what_the_front_desk_reads_of_an_alert_tells_nothing(p):
    assert "suicid" not in raised(p).neutral_words.lower()


# --- answers that change ---
def test_a_worse_answer_raises_again_and_a_milder_one_is_remarked(p):
    first = heard(p, 1)
    second = heard(p, 3, at=at(1))
    assert (first.value, second.value) == (1, 3)
    assert heard(p, 0, at=at(2), words="not at all") is None
    assert Alert.objects.filter(state="open").count() == 2
    assert [remark.words for remark in AlertRemark.objects.all()] == ["Answered again: not at all"] * 2


def test_the_same_answer_again_says_nothing_new(p):
    heard(p, 2)
    assert heard(p, 2, at=at(1)) is None
    assert (Alert.objects.count(), AlertRemark.objects.count()) == (1, 0)


def test_back_and_forth_while_it_waits_floods_nobody(p):
    heard(p, 2)
    for n in range(1, 7):
        heard(p, 2 * (n % 2 == 0), at=at(n))
    assert Alert.objects.count() == 1
    assert AlertRemark.objects.count() == 6


def test_who_comes_again_after_it_was_answered_is_heard_again(p):
    first = heard(p, 2)
    alerts.acknowledge_alert(alert=first, by=p.nurse, done_words="Called.", at=at(5))
    heard(p, 0, at=at(10))
    assert heard(p, 2, at=at(20)) not in (None, first)


def test_nothing_to_hear_is_nothing_written(p):
    assert heard(p, 0) is None
    assert (Alert.objects.count(), AlertRemark.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)
