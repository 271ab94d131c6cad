"""Asking for tests and entering what their reports say: tasks, corrections, taking back, signing, refusals."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic import clock
from clinic.actions import required_tests as actions
from clinic.models import AuditEvent, Task, TestOrder, TestResult
from clinic.queries.required_tests import latest_results
from clinic.refusal import Conflict, Refused
from clinic.rules.required_tests import Typed
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def today(p):
    return clock.now().astimezone(p.site.zone).date()


def ask(p, *codes, **fields):
    given = {"due_on": today(p) + dt.timedelta(days=3), "by": p.prescriber} | fields
    return actions.ask_for_tests(patient=p.patient, site=p.site, codes=codes, **given)


def alt(number="31", low="7", high="56"):
    return Typed("alt", Decimal(number), unit="U/L", range_low=Decimal(low), range_high=Decimal(high))


def enter(p, order, *values, by=None, **fields):
    given = {"taken_on": today(p), "lab": "Sample Lab"} | fields
    return actions.enter_results(order=order, values=values or [alt()], by=by or p.nurse, **given)


def open_tasks(order):
    return list(Task.objects.filter(subject_id=order.pk, state="open").values_list("for_role", "neutral_title"))


def verbs(order):
    return list(
        AuditEvent.objects.filter(subject_id=order.pk, is_look=False).order_by("at").values_list("verb", flat=True)
    )


def test_asking_opens_a_task_for_the_nurse_whose_neutral_words_tell_nothing(p):
    (order,) = ask(p, "drug_screen", reason="On opioids")
    task = Task.objects.get(subject_id=order.pk)
    assert (task.for_role, task.neutral_title, task.state) == ("nurse", "Waits for a test", "open")
    assert "Urine drug screen" in task.title
    assert (order.state, order.asked_by, order.origin) == ("ordered", p.prescriber, "asked")
    assert verbs(order) == ["test.asked"]


def test_a_test_that_is_open_is_not_asked_for_twice(p):
    first, again = ask(p, "liver")[0], ask(p, "liver", "ecg")
    assert again[0] == first
    assert TestOrder.objects.count() == 2
    assert ask(p, "other", title="Thyroid")[0] != ask(p, "other", title="Vitamin D")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        TestOrder.objects.create(
            patient=p.patient, site=p.site, code="liver", asked_at=clock.now(), asked_by=p.prescriber, due_on=today(p)
        )


@pytest.mark.parametrize("role", ["nurse", "front_desk", "clinic_admin"])
def test_only_a_prescriber_of_the_site_asks(p, role):
    with pytest.raises(Refused):
        ask(p, "liver", by=p.by_role(role))
    with pytest.raises(Refused):
        ask(p, "liver", by=p.away["prescriber"])
    assert not TestOrder.objects.exists()


def test_a_result_closes_the_nurses_task_and_asks_the_prescriber_to_read(p):
    (order,) = ask(p, "liver")
    order = enter(p, order, alt("80"), Typed("ast"), Typed("bilirubin", Decimal("0"), unit="mg/dL"))
    assert order.state == "done"
    assert open_tasks(order) == [("prescriber", "A result waits for the prescriber")]
    assert set(order.results.values_list("analyte", "number")) == {("alt", Decimal("80")), ("bilirubin", Decimal("0"))}
    order = actions.verify_test(order=order, by=p.prescriber, words="Repeat in a month")
    assert open_tasks(order) == []
    assert (order.verified_by, order.verified_words) == (p.prescriber, "Repeat in a month")
    assert verbs(order) == ["test.asked", "test.results_entered", "test.verified"]


def test_what_was_missing_comes_on_a_later_sheet_and_what_stands_is_a_conflict(p):
    (order,) = ask(p, "liver")
    enter(p, order)
    with pytest.raises(Conflict) as conflict:
        enter(p, order, alt("99"))
    assert "ALT is in already" in str(conflict.value)
    enter(p, order, Typed("ast", Decimal("20"), unit="U/L"))
    assert order.results.count() == 2


def test_a_later_sheet_does_not_ask_again_for_what_is_required(p):
    (order,) = ask(p, "ecg")
    with pytest.raises(Refused):
        enter(p, order, Typed("rate", Decimal("70"), unit="/min"))
    enter(p, order, Typed("reading", choice="normal"))
    enter(p, order, Typed("rate", Decimal("70"), unit="/min"))
    assert order.results.count() == 2


def test_nothing_of_a_refused_sheet_is_kept(p):
    (order,) = ask(p, "liver")
    with pytest.raises(Refused):
        enter(p, order, alt(), Typed("ast", Decimal("99999"), unit="U/L"))
    assert not TestResult.objects.exists()
    with pytest.raises(Refused):
        enter(p, order, taken_on=today(p) + dt.timedelta(days=1))
    with pytest.raises(Refused):
        enter(p, order, by=p.front_desk)


def test_a_correction_stands_beside_what_it_corrects_and_must_be_read_again(p):
    (order,) = ask(p, "liver")
    enter(p, order)
    actions.verify_test(order=order, by=p.prescriber)
    wrong = order.results.get()
    right = actions.correct_result(
        result=wrong, value=alt("310"), taken_on=today(p), by=p.colleague, reason="A digit was left out"
    )
    order.refresh_from_db()
    assert (right.supersedes, right.change_reason, order.verified_at) == (wrong, "A digit was left out", None)
    assert TestResult.objects.get(pk=wrong.pk).number == Decimal("31")
    assert open_tasks(order) == [("prescriber", "A result waits for the prescriber")]
    with pytest.raises(Refused, match="Somebody else has corrected"):
        actions.correct_result(result=wrong, value=alt("32"), taken_on=today(p), by=p.nurse, reason="Again")
    with pytest.raises(Refused, match="type the right value"):
        actions.correct_result(result=right, value=Typed("alt"), taken_on=today(p), by=p.nurse, reason="Again")


def test_taking_back_the_last_value_asks_for_the_test_again(p):
    (order,) = ask(p, "liver")
    enter(p, order, alt(), Typed("ast", Decimal("20"), unit="U/L"))
    for result in order.results.all():
        actions.strike_result(result=result, by=p.nurse, reason="Another patient's report")
    order.refresh_from_db()
    assert (order.state, order.done_at, order.done_by) == ("ordered", None, None)
    assert open_tasks(order) == [("nurse", "Waits for a test")]
    enter(p, order, alt("20"))
    newest = order.results.get(superseded_by__isnull=True, analyte="alt")
    assert (newest.number, newest.change_reason) == (Decimal("20"), "Entered anew")


def test_a_brought_report_makes_its_order_or_fills_the_open_one(p):
    given = {"patient": p.patient, "site": p.site, "values": [alt()], "taken_on": today(p), "by": p.nurse}
    order = actions.enter_brought_results(code="liver", **given)
    assert (order.origin, order.state) == ("brought", "done")
    assert open_tasks(order) == [("prescriber", "A result waits for the prescriber")]
    (asked,) = ask(p, "liver")
    assert actions.enter_brought_results(code="liver", **given) == asked
    with pytest.raises(Refused):
        actions.enter_brought_results(code="liver", **given | {"by": p.front_desk})


def test_cancelling_withdraws_the_task_and_needs_a_reason(p):
    (order,) = ask(p, "liver")
    with pytest.raises(Refused):
        actions.cancel_test(order=order, by=p.prescriber, reason=" ")
    order = actions.cancel_test(order=order, by=p.prescriber, reason="Done at the hospital")
    assert order.state == "cancelled"
    assert Task.objects.get(subject_id=order.pk).state == "withdrawn"
    with pytest.raises(Refused):
        enter(p, order)
    with pytest.raises(Refused):
        actions.cancel_test(order=order, by=p.prescriber, reason="Again")


def test_results_can_be_neither_changed_nor_deleted_and_hold_one_value(p):
    (order,) = ask(p, "liver")
    enter(p, order)
    for statement in ("UPDATE clinic_testresult SET number = 1", "DELETE FROM clinic_testresult"):
        with pytest.raises(DatabaseError, match="Cannot|permission"), transaction.atomic():
            connection.cursor().execute(statement)
    fields = {
        "order": order,
        "patient": p.patient,
        "taken_on": today(p),
        "entered_at": clock.now(),
        "entered_by": p.nurse,
    }
    for wrong in (
        {"analyte": "x"},
        {"analyte": "x", "number": 1, "choice": "negative"},
        {"analyte": "x", "choice": "negative", "comparator": "<"},
        {"analyte": "x", "number": 1, "range_low": 5, "range_high": 4},
        {"analyte": "x", "number": 1, "change_reason": "Without anything to change"},
        {"analyte": "alt", "number": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TestResult.objects.create(**fields | wrong)


def test_the_newest_of_each_test_for_the_rules_in_two_queries(p):
    before = latest_results(p.patient)
    assert before["liver"].taken_on is before["liver"].is_abnormal is None
    (first,) = ask(p, "liver")
    enter(p, first, alt("80"), taken_on=today(p) - dt.timedelta(days=200))
    (second,) = ask(p, "liver")
    enter(p, second, alt("40"))
    actions.verify_test(order=second, by=p.prescriber)
    (third,) = ask(p, "liver")
    with CaptureQueriesContext(connection) as asked:
        latest = latest_results(p.patient)
    assert len(asked) == 2
    liver = latest["liver"]
    assert (liver.taken_on, liver.is_abnormal, liver.is_verified) == (today(p), False, True)
    assert (liver.is_ordered, liver.due_on, liver.value("alt").number) == (True, third.due_on, Decimal("40"))
    assert liver.value("ast") is None
    assert latest["ecg"].is_ordered is False
    enter(p, third, Typed("alt", Decimal("40"), unit="U/L"))
    assert latest_results(p.patient)["liver"].is_abnormal is None


def test_both_records_of_a_merged_person_count(p):
    twin = factories.patient(at_site=p.site, family_name="Twin-Test")
    order = actions.ask_for_tests(patient=twin, site=p.site, codes=["liver"], due_on=today(p), by=p.prescriber)[0]
    enter(p, order)
    factories.merge(kept=p.patient, merged=twin, by=p.clinic_admin)
    p.patient.refresh_from_db()
    twin.refresh_from_db()
    assert latest_results(p.patient)["liver"].taken_on == latest_results(twin)["liver"].taken_on == today(p)
