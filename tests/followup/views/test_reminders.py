"""The page of reminder rules: read by the care team, set up by the admins of the site."""

import pytest

from followup.models import ReminderRule
from tests.people import signed_in

LIST = "/reminders/"
TOLD = {"kind": "", "side": "after", "how": "local_time", "days": "1", "at": "09:00", "only": "came", "way": "",
        "message_kind": "visit_after"}  # fmt: skip


def text(user, path=LIST):
    answer = signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_rules_stand_there_with_the_moments_they_mean(p):
    page = text(p.nurse)
    assert "7 days before, at the visit&#x27;s hour" in page
    assert "2 hours before" in page
    assert "Nothing is sent after a visit by rule." in page
    assert "Add a rule" not in page.partition("<h1>")[2].partition("</h1>")[2][:200]


def test_an_admin_adds_a_rule_and_sees_it(p):
    client = signed_in(p.clinic_admin)
    assert client.get("/reminders/add/").status_code == 200
    assert client.post("/reminders/add/", TOLD).status_code == 302
    assert "1 day after, at 09:00 where the patient is" in text(p.nurse)
    assert ReminderRule.objects.get(side="after").site == p.site


def test_what_was_typed_stays_with_every_reason(p):
    answer = signed_in(p.clinic_admin).post("/reminders/add/", TOLD | {"at": "03:00", "message_kind": "reminder_day"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing goes out between 21:00 and 08:00. Type a time of the day." in page
    assert "This message is not for after a visit." in page
    assert 'value="03:00"' in page


def test_switching_and_changing_touch_this_site_only(p):
    rule = ReminderRule.objects.get(slot="week", site=None)
    client = signed_in(p.clinic_admin)
    client.post(f"/reminders/{rule.pk}/switch/", {"on": "0"})
    own = ReminderRule.objects.get(slot="week", site=p.site)
    assert (own.is_on, ReminderRule.objects.get(pk=rule.pk).is_on) == (False, True)
    page = client.get(f"/reminders/{rule.pk}/change/").content.decode()
    assert "This rule is for all sites." in page
    told = TOLD | {"side": "before", "how": "wall", "days": "5", "at": "", "only": "", "message_kind": "reminder_week"}
    assert client.post(f"/reminders/{own.pk}/change/", told).status_code == 302
    own.refresh_from_db()
    assert own.days == 5
    assert "switch on" in text(p.clinic_admin)


@pytest.mark.parametrize("role", ["nurse", "front_desk", "prescriber", "auditor"])
def test_only_admins_change_rules(p, role):
    rule = ReminderRule.objects.get(slot="week", site=None)
    client = signed_in(p.by_role(role))
    assert client.post("/reminders/add/", TOLD).status_code == 403
    assert client.post(f"/reminders/{rule.pk}/switch/", {"on": "0"}).status_code == 403
    assert client.get(LIST).status_code == (403 if role == "auditor" else 200)


def test_another_sites_rule_is_not_there(p):
    rule = ReminderRule.objects.create(site=p.prairie, slot="own", how="wall", days=3, message_kind="reminder_day")
    client = signed_in(p.clinic_admin)
    assert client.get(f"/reminders/{rule.pk}/change/").status_code == 404
    assert client.post(f"/reminders/{rule.pk}/switch/", {"on": "0"}).status_code == 404


def test_a_press_without_on_or_off_changes_nothing(p):
    rule = ReminderRule.objects.get(slot="week", site=None)
    signed_in(p.clinic_admin).post(f"/reminders/{rule.pk}/switch/", {})
    assert ReminderRule.objects.filter(slot="week").count() == 1
