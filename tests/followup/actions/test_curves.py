"""The worker's hourly run: groups are made, kept when nothing is new, worked out anew when something is; dropped."""

import datetime as dt

import pytest

from followup.actions import curves, relief
from followup.models import ClinicCurve, ReliefEpisode, WindowBackTest
from tests import factories
from tests.followup.conftest import make_similar


@pytest.fixture
def clinic(p, story):
    make_similar(p, 5)
    relief.rebuild(course=story.course, at=story.now)
    return story


def test_groups_of_conditions_and_their_parts(clinic):
    count = curves.refresh_curves(at=clinic.now)
    made = ClinicCurve.objects.filter(measure="pain", percent=30)
    assert count == ClinicCurve.objects.count()
    parts = set(made.filter(reason="crps").values_list("split", "value"))
    assert {("all", ""), ("series", "first"), ("series", "booster")} < parts
    assert made.filter(reason="", split="all").exists()
    whole = made.get(reason="crps", split="all")
    assert (whole.patients, whole.infusions, whole.courses, whole.ended) == (6, 9, 6, 8)
    assert whole.median_low <= whole.median <= whole.median_high
    assert whole.similar[3] == 6
    week = next(rate for rate in whole.rates if rate["day"] == 7)
    assert (week["responded"], week["known"], week["patients"]) == (9, 9, 6)


def test_what_has_not_changed_is_not_worked_out_again(clinic, monkeypatch):
    curves.refresh_curves(at=clinic.now)
    later = clinic.now + dt.timedelta(minutes=50)
    monkeypatch.setattr(curves, "_work_out", None)  # would fail if called
    assert curves.refresh_curves(at=later) == ClinicCurve.objects.filter(computed_at=later).count()


def test_a_new_report_changes_its_groups(clinic):
    curves.refresh_curves(at=clinic.now)
    before = ClinicCurve.objects.get(measure="pain", percent=30, reason="crps", split="all")
    for day in (dt.date(2026, 5, 14), dt.date(2026, 5, 15)):
        factories.diary(course=clinic.course, day=day, pain=8)
    relief.rebuild(course=clinic.course, at=clinic.now)
    curves.refresh_curves(at=clinic.now)
    after = ClinicCurve.objects.get(pk=before.pk)
    assert (before.ended, after.ended) == (8, 9)


def test_a_group_that_is_no_more_is_dropped(clinic):
    curves.refresh_curves(at=clinic.now)
    ReliefEpisode.objects.filter(reason="crps").update(reason="fibromyalgia")
    curves.refresh_curves(at=clinic.now)
    assert set(ClinicCurve.objects.values_list("reason", flat=True)) == {"", "fibromyalgia"}


def test_asking_for_the_next_one_counts_as_loss_in_the_sensitivity_run(clinic):
    factories.diary(course=clinic.course, day=dt.date(2026, 2, 5), pain=3, call_me=True)
    relief.rebuild(course=clinic.course, at=clinic.now)
    first = ReliefEpisode.objects.get(course=clinic.course, measure="pain", number=1)
    assert (first.asked_day, first.high_30) == (11, 20)
    curves.refresh_curves(at=clinic.now)
    whole = ClinicCurve.objects.get(measure="pain", percent=30, reason="crps", split="all")
    assert whole.asked_median != whole.median
    assert whole.asked_low <= whole.median_low


def test_merged_records_are_one_patient(clinic, p):
    from clinic.models import Patient

    other = clinic.course.patient
    twin = Patient.objects.exclude(pk=other.pk).filter(courses__reason="crps").first()
    Patient.objects.filter(pk=twin.pk).update(person=other)
    curves.refresh_curves(at=clinic.now)
    assert ClinicCurve.objects.get(measure="pain", percent=30, reason="crps", split="all").patients == 5


def test_the_back_test_looks_only_at_infusions_with_others_before_them(clinic):
    curves.refresh_curves(at=clinic.now)
    kept = {row.own: row for row in WindowBackTest.objects.filter(purpose="pain")}
    assert set(kept) == {"none", "few", "fair", "good"}
    assert (kept["few"].tried, kept["fair"].tried, kept["fair"].unseen) == (1, 0, 1)


def test_episodes_keep_how_it_was_on_the_days_that_count(clinic):
    relief.rebuild(course=clinic.course, at=clinic.now)
    first = ReliefEpisode.objects.get(course=clinic.course, measure="pain", number=1)
    assert (first.change_1, first.change_7, first.change_30) == (62, 62, None)
    assert (first.next_day, first.is_booster, first.next_is_booster) == (24, False, False)
    third = ReliefEpisode.objects.get(course=clinic.course, measure="pain", number=3)
    assert third.next_is_booster
    assert ReliefEpisode.objects.get(course=clinic.course, measure="pain", number=4).is_booster
