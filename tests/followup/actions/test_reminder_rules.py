"""Rules before and after a visit: for some only, by one way or both, switched at a site; a patient who travels."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from clinic import notify
from clinic.actions import appointments
from clinic.actions.patients import edit_patient
from clinic.models import Appointment, AuditEvent, Message, ReadinessAnswer
from clinic.notify import sender
from clinic.notify.base import Transport
from clinic.refusal import Conflict, Refused
from followup.actions import reminder_rules, reminders, sweeps
from followup.models import ReminderPlan, ReminderRule
from tests import factories

NOW = dt.datetime(2026, 5, 1, 15, tzinfo=dt.UTC)
VISIT = dt.datetime(2026, 5, 14, 15, tzinfo=dt.UTC)  # 11:00 in New York


@pytest.fixture
def visit(p):
    return factories.appointment(of=p.patient, at_site=p.site, starts_at=VISIT)


@pytest.fixture
def phone(monkeypatch, settings, p):
    """Text messages are set up, and the patient has a number."""

    class Phone(Transport):
        def send(self, message):
            return "SM"

    settings.SMS_TRANSPORT = "tests.Phone"
    monkeypatch.setattr(sender, "transports", lambda: {"email": Phone(), "sms": Phone()})
    p.patient.phone = "212 555 0177"
    p.patient.save()


def only_rule(p, **fields):
    ReminderRule.objects.update(is_on=False)
    told = {"kind": "", "side": "before", "how": "wall", "hours": None, "days": 1, "at": None, "only": "", "way": "",
            "message_kind": "reminder_day"}  # fmt: skip
    return reminder_rules.add_rule(site=p.site, by=p.clinic_admin, told=told | fields, at=NOW)


def after_rule(p, **fields):
    fields = {"side": "after", "how": "local_time", "days": 1, "at": dt.time(9), "only": "came",
              "message_kind": "visit_after"} | fields  # fmt: skip
    return only_rule(p, **fields)


def messages(state="due"):
    rows = Message.objects.filter(dedupe_key__startswith="reminder:", state=state).order_by("due_at")
    return [(m.kind, m.channel, m.due_at) for m in rows]


def end(visit, state, at):
    Appointment.objects.filter(pk=visit.pk).update(state="arrived" if state == "done" else "booked")
    visit.refresh_from_db()
    from clinic.models import APPOINTMENT
    from clinic.states import transition

    transition(visit, state, by=None, at=at, machine=APPOINTMENT)


def test_a_message_the_morning_after_for_those_who_came(p, visit):
    after_rule(p)
    sweeps.plan_due(at=NOW)
    assert messages() == []
    end(visit, "done", VISIT + dt.timedelta(hours=2))
    sweeps.plan_due(at=VISIT + dt.timedelta(hours=2, minutes=1))
    nine = dt.datetime(2026, 5, 15, 9, tzinfo=ZoneInfo("America/New_York"))
    assert messages() == [("visit_after", "email", nine)]
    sender.sweep(at=nine)
    sweeps.plan_due(at=nine + dt.timedelta(minutes=1))
    assert (messages(), len(messages("sent"))) == ([], 1)


def test_and_another_one_for_those_who_did_not(p, visit):
    after_rule(p, only="missed", message_kind="visit_missed", how="elapsed", hours=2, days=None, at=None)
    end(visit, "no_show", VISIT + dt.timedelta(minutes=30))
    sweeps.plan_due(at=VISIT + dt.timedelta(minutes=31))
    assert messages() == [("visit_missed", "email", visit.ends_at + dt.timedelta(hours=2))]
    sender.sweep(at=visit.ends_at + dt.timedelta(hours=2))
    assert len(messages("sent")) == 1


def test_a_visit_over_for_days_says_nothing_any_more(p, visit):
    after_rule(p)
    end(visit, "done", VISIT + dt.timedelta(hours=2))
    sweeps.plan_due(at=VISIT + dt.timedelta(days=5))
    assert messages() == []


def test_who_has_confirmed_is_not_asked_again(p, visit):
    only_rule(p, only="unconfirmed", message_kind="reminder_confirm")
    sweeps.plan_due(at=NOW)
    assert len(messages()) == 1
    appointments.confirm(appointment=visit, by=p.patient, at=NOW + dt.timedelta(hours=1))
    sweeps.plan_due(at=NOW + dt.timedelta(hours=1, minutes=1))
    assert messages() == []
    assert ReminderPlan.objects.get().left_out == {"b-1d-unconfirmed": "the patient has confirmed"}


def test_even_when_the_planner_is_behind(p, visit):
    only_rule(p, only="unconfirmed", message_kind="reminder_confirm")
    sweeps.plan_due(at=NOW)
    appointments.confirm(appointment=visit, by=p.patient, at=NOW + dt.timedelta(hours=1))
    sender.sweep(at=VISIT - dt.timedelta(days=1))
    assert Message.objects.get(kind="reminder_confirm").last_error == "the patient has confirmed"


LATER = {"starts_at": VISIT + dt.timedelta(hours=1), "ends_at": VISIT + dt.timedelta(hours=3)}


@pytest.mark.parametrize(
    ("change", "reason"), [({"state": "cancelled"}, "the visit is cancelled"), (LATER, "the visit has moved")]
)
def test_a_reminder_of_what_no_longer_holds_never_leaves(p, visit, change, reason):
    """The news of a cancelled or moved visit was lost, and the sweep has not come round yet."""
    reminders.plan_visit(appointment=visit, at=NOW)
    Appointment.objects.filter(pk=visit.pk).update(**change)
    sender.sweep(at=VISIT - dt.timedelta(days=7))
    assert Message.objects.get(kind="reminder_week").last_error == reason


def test_who_has_answered_the_questions_is_not_asked_again(p, visit):
    only_rule(p, only="unanswered")
    sweeps.plan_due(at=NOW)
    ReadinessAnswer.objects.create(appointment=visit, answers={}, ready=True, answered_at=NOW)
    sender.sweep(at=VISIT - dt.timedelta(days=1))
    assert Message.objects.get(kind="reminder_day").last_error == "the questions before the visit are answered"


def test_by_mail_and_by_text_message(p, visit, phone):
    only_rule(p, way="both")
    sweeps.plan_due(at=NOW)
    assert [(kind, channel) for kind, channel, _ in messages()] == [("reminder_day", "email")]
    assert ReminderPlan.objects.get().left_out == {"b-1d": "the patient has not agreed to text messages"}
    notify.start(patient=p.patient, by=p.patient, channel="sms", kind="all", how="page", at=NOW)
    reminders.plan_again(patient=p.patient, at=NOW)
    sweeps.plan_due(at=NOW)
    assert sorted(channel for _, channel, _ in messages()) == ["email", "sms"]
    sender.sweep(at=VISIT - dt.timedelta(days=1))
    assert len(messages("sent")) == 2


def test_who_agrees_to_texts_gets_what_waits_by_text(p, visit, phone, django_capture_on_commit_callbacks):
    only_rule(p)
    sweeps.plan_due(at=NOW)
    assert messages()[0][1] == "email"
    with django_capture_on_commit_callbacks(execute=True):
        notify.start(patient=p.patient, by=p.patient, channel="sms", kind="reminder", at=NOW)
    sweeps.plan_due(at=NOW)
    assert messages()[0][1] == "sms"


def test_a_patient_who_travels_gets_it_at_nine_where_they_are(p, visit):
    only_rule(p, how="local_time", at=dt.time(9))
    sweeps.plan_due(at=NOW)
    assert messages()[0][2] == dt.datetime(2026, 5, 13, 9, tzinfo=ZoneInfo("America/New_York"))
    edit_patient(patient=p.patient, version=p.patient.version, changes={"zone_name": "Asia/Tokyo"}, by=p.front_desk,
                 at=NOW)  # fmt: skip
    sweeps.plan_due(at=NOW)
    assert messages()[0][2] == dt.datetime(2026, 5, 14, 9, tzinfo=ZoneInfo("Asia/Tokyo")), (
        "the visit is on the 15th there"
    )
    sender.sweep(at=dt.datetime(2026, 5, 13, 13, tzinfo=dt.UTC))
    assert messages("sent") == [], "not at nine in New York"
    sender.sweep(at=dt.datetime(2026, 5, 14, 0, tzinfo=dt.UTC))
    assert len(messages("sent")) == 1
    edit_patient(patient=p.patient, version=p.patient.version + 1, changes={"zone_name": "America/New_York"},
                 by=p.front_desk, at=NOW)  # fmt: skip
    sweeps.plan_due(at=dt.datetime(2026, 5, 14, 1, tzinfo=dt.UTC))
    sender.sweep(at=dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC))
    assert len(messages("sent")) == 1, "back home it is not said again"


NIGHTS = [("America/New_York", (2026, 3, 8)), ("America/New_York", (2026, 11, 1)), ("Europe/London", (2026, 3, 29)),
          ("Europe/London", (2026, 10, 25)), ("Australia/Sydney", (2026, 4, 5)),
          ("Australia/Sydney", (2026, 10, 4))]  # fmt: skip


@pytest.mark.parametrize(("zone_name", "day"), NIGHTS)
def test_rel_10_over_a_daylight_saving_night_each_reminder_goes_out_once_and_at_its_hour(p, zone_name, day):
    """Minute by minute is the beat's work; here every quarter of an hour from eight days before."""
    zone = ZoneInfo(zone_name)
    p.patient.zone_name = zone_name
    p.patient.save()
    p.site.zone_name = zone_name
    p.site.save()
    starts_at = dt.datetime(*day, 11, tzinfo=zone).astimezone(dt.UTC)
    factories.appointment(of=p.patient, at_site=p.site, starts_at=starts_at)
    ReminderRule.objects.update(is_on=False)
    for hour, minute in ((1, 30), (2, 30), (9, 0)):
        ReminderRule.objects.create(
            slot=f"at-{hour}", how="local_time", at=dt.time(hour, minute), message_kind="reminder_day"
        )
    ReminderRule.objects.create(slot="eve", how="local_time", days=1, at=dt.time(9), message_kind="reminder_day")
    ReminderRule.objects.create(slot="soon", how="elapsed", hours=1, message_kind="reminder_hours")
    at = starts_at - dt.timedelta(days=1, hours=6)
    sweeps.plan_due(at=at)
    while at < starts_at:
        sender.sweep(at=at)
        at += dt.timedelta(minutes=15)
    sent = Message.objects.filter(state="sent").order_by("sent_at")
    heard = [(m.dedupe_key.split(":")[2], m.sent_at.astimezone(zone).strftime("%d %H:%M")) for m in sent]
    eve = (dt.date(*day) - dt.timedelta(days=1)).day
    assert heard == [("eve", f"{eve:02} 09:00"), ("at-2", f"{day[2]:02} 08:00"), ("at-9", f"{day[2]:02} 09:00"),
                     ("soon", f"{day[2]:02} 10:00")]  # fmt: skip


def test_a_rule_of_all_sites_is_switched_off_at_one_only(p, visit):
    rule = ReminderRule.objects.get(slot="week", site=None)
    own = reminder_rules.switch_rule(rule=rule, site=p.site, is_on=False, by=p.clinic_admin, at=NOW)
    assert (own.site, own.is_on, ReminderRule.objects.get(pk=rule.pk).is_on) == (p.site, False, True)
    sweeps.plan_due(at=NOW)
    assert "reminder_week" not in [kind for kind, _, _ in messages()]
    again = reminder_rules.switch_rule(rule=own, site=p.site, is_on=True, by=p.clinic_admin, at=NOW)
    assert again.pk == own.pk
    sweeps.plan_due(at=NOW)
    assert "reminder_week" in [kind for kind, _, _ in messages()], "what waits comes back"
    assert AuditEvent.objects.filter(verb__startswith="reminder_rule.").count() == 2


def test_changing_a_rule_of_all_sites_makes_the_site_its_own(p, visit):
    rule = ReminderRule.objects.get(slot="day", site=None)
    sweeps.plan_due(at=NOW)
    told = {name: getattr(rule, name) for name in reminder_rules.ASKED} | {"days": 2}
    own = reminder_rules.change_rule(rule=rule, site=p.site, by=p.clinic_admin, told=told, at=NOW)
    assert (own.days, ReminderRule.objects.get(pk=rule.pk).days) == (2, 1)
    sweeps.plan_due(at=NOW)
    assert ("reminder_day", "email", VISIT - dt.timedelta(days=2)) in messages(), "what waits goes at the new moment"


def test_two_rules_for_one_moment_are_refused(p):
    only_rule(p)
    with pytest.raises(Conflict, match="a rule for this moment already"):
        only_rule(p)


WRONG = [
    ({"how": "elapsed", "hours": None}, "hours"), ({"how": "elapsed", "hours": 999}, "hours"), ({"days": 0}, "days"),
    ({"how": "local_time", "at": None}, "at"), ({"how": "local_time", "at": dt.time(3)}, "at"),
    ({"only": "came"}, "only"), ({"side": "after", "only": "came"}, "message_kind"),
    ({"side": "after", "only": "", "message_kind": "visit_after"}, "only"), ({"days": 61}, "days"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_what_makes_no_sense_is_refused_with_its_reason(p, fields, field):
    with pytest.raises(Refused) as refused:
        only_rule(p, **fields)
    assert field in {item.field for item in refused.value.items}
