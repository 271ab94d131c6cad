"""The clinic's report of relief: who may read it, what it must not show, its file, its picture, its age."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from followup.actions import curves, relief
from followup.models import ClinicCurve, ReliefRun, WindowBackTest
from tests.followup.conftest import NOW, make_similar
from tests.people import signed_in

REPORT = reverse("followup:report-relief")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def report(p, story):
    """Six patients with CRPS, worked out; returns a reader."""
    make_similar(p, 5)
    relief.rebuild(course=story.course)
    curves.refresh_curves()

    def read(name="report-relief", user=p.prescriber, **asked):
        return signed_in(user).get(reverse(f"followup:{name}"), asked)

    return read


def test_figures_come_with_what_they_rest_on(report):
    page = report().content.decode()
    assert "All conditions, for pain" in page
    assert "CRPS, for pain" in page
    assert "9 infusions in 6 patients" in page
    assert "95&nbsp;% interval" in page
    assert "9 of 9" in page, "the rate after a week: every infusion of the story helped"


def test_a_condition_is_taken_apart_and_small_parts_stay_hidden(report):
    page = report(condition="pain:crps").content.decode()
    for heading in ("By protocol", "By dose given", "First series and boosters"):
        assert heading in page
    assert "Not shown: fewer than 5 patients" in page
    small = ClinicCurve.objects.get(measure="pain", percent=30, reason="crps", split="series", value="booster")
    assert (small.patients, small.median, small.steps) == (1, None, [])


def test_a_small_part_can_t_be_worked_out_from_the_rest(report):
    """One patient has had a booster: then the first series is hidden as well, for the whole is shown."""
    page = report(purpose="pain", reason="crps", split="series", value="first").content.decode()
    assert "No curve of this group is shown" in page
    lines = report("report-relief-csv").content.decode().splitlines()
    assert not [line for line in lines if ",series," in line]
    assert (
        report("report-relief-picture", purpose="pain", reason="crps", split="series", value="first").status_code == 404
    )


def test_the_file_has_the_groups_that_may_be_shown(report):
    answer = report("report-relief-csv")
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("measure,relief_percent,purpose,condition,split,group,patients,infusions")
    assert lines[1].startswith('pain,30,pain,all,all,"All conditions, for pain",6,9,')
    assert answer.headers["Content-Disposition"] == 'attachment; filename="relief-pain-30.csv"'


def test_the_picture_is_a_file(report):
    answer = report("report-relief-picture")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_the_back_test_stands_on_the_page(report, story):
    page = report().content.decode()
    assert "How booster windows would have done" in page
    assert "Fewer than 5 patients: not shown." in page
    WindowBackTest.objects.filter(purpose="pain", own="few").update(
        tried=10, met=7, early=2, late=1, patients=6, low=0.4, high=0.9, width=14
    )
    page = report().content.decode()
    assert "7 of 10" in page
    assert "below the goal of 8 of 10: proposals say so" in page


def test_its_age_is_shown_and_an_old_one_says_so(report):
    assert "Older than 3 hours" not in report().content.decode()
    ClinicCurve.objects.update(computed_at=NOW - dt.timedelta(hours=4))
    page = report().content.decode()
    assert "Older than 3 hours: the worker may stand still." in page


@pytest.mark.parametrize(
    "asked", [{"measure": "x'"}, {"percent": "77"}, {"condition": "<b>"}, {"split": "a", "value": "b"}]
)
def test_an_address_nobody_made_is_the_usual_choice_or_empty(report, asked):
    answer = report(**asked)
    assert answer.status_code == 200
    assert b"<b>" not in answer.content.replace(b"<b>below", b"")


@pytest.mark.parametrize(
    ("role", "status"), [("nurse", 200), ("clinic_admin", 200), ("front_desk", 403), ("auditor", 403)]
)
@pytest.mark.parametrize("name", ["report-relief", "report-relief-csv"])
def test_who_may_read_it(p, role, status, name):
    assert signed_in(p.by_role(role)).get(reverse(f"followup:{name}")).status_code == status


def test_nothing_yet(p):
    assert b"Nothing has been worked out yet." in signed_in(p.nurse).get(REPORT).content


def test_it_takes_two_queries_of_its_own_whatever_the_clinic_holds(report, p, django_assert_max_num_queries):
    client = signed_in(p.nurse)
    client.get(REPORT)
    with django_assert_max_num_queries(30) as few:
        client.get(REPORT)
    for number in range(30):
        curve = ClinicCurve.objects.filter(split="all", reason="crps").first()
        curve.pk, curve.reason = None, f"other{number}"
        curve.save(force_insert=True)
    with django_assert_max_num_queries(len(few)):
        client.get(REPORT)


class TestWorkedOutNow:
    """The button, what it says while the worker is at it, and how it ends."""

    NOW_PATH, STATE = reverse("followup:report-relief-now"), reverse("followup:report-relief-run")

    def test_pressed_it_waits_for_the_worker_and_says_who_asked(self, p):
        client = signed_in(p.nurse)
        assert b"Work it out now" in client.get(REPORT).content
        assert client.post(self.NOW_PATH).headers["Location"] == REPORT
        page = client.get(REPORT).content.decode()
        assert f"{p.nurse.name} asked for it" in page
        assert "It waits for the worker" in page
        assert "Work it out now" not in page
        client.post(self.NOW_PATH)
        assert ReliefRun.objects.count() == 1

    def test_how_far_it_is_and_that_it_is_there(self, p):
        client = signed_in(p.prescriber)
        run = ReliefRun.objects.create(
            state="working", asked_at=NOW, asked_by=p.nurse, claimed_at=NOW, attempts=1, groups=40, groups_done=12
        )
        part = client.get(self.STATE).content.decode()
        assert '<span class="num">12 of 40</span> groups worked out' in part
        assert 'hx-trigger="every 3s"' in part
        ReliefRun.objects.filter(pk=run.pk).update(state="done", ended_at=NOW, groups_done=40)
        part = client.get(self.STATE).content.decode()
        assert "Show the new figures" in part
        assert "hx-trigger" not in part
        assert "Show the new figures" not in client.get(REPORT).content.decode()

    def test_one_that_came_to_nothing_says_so(self, p):
        ReliefRun.objects.create(state="failed", asked_at=NOW, ended_at=NOW, attempts=3, error="ValueError")
        page = signed_in(p.nurse).get(REPORT).content.decode()
        assert "came to nothing (ValueError)" in page
        assert "Work it out now" in page

    @pytest.mark.parametrize(("role", "status"), [("nurse", 302), ("clinic_admin", 302), ("front_desk", 403)])
    def test_who_may_ask(self, p, role, status):
        assert signed_in(p.by_role(role)).post(self.NOW_PATH).status_code == status
        assert signed_in(p.by_role(role)).get(self.NOW_PATH).status_code in (403, 405)
