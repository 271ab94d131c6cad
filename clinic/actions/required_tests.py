"""Ask for tests, enter what their reports say, correct it, take it back, sign it as read."""

from dataclasses import replace
from datetime import datetime, time

from django.db import transaction

from clinic import audit, clock, events, live
from clinic.access import roles_of
from clinic.actions.documents import keep_document
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.catalogue.library import CATALOGUE, kind_of, title_of
from clinic.models import TEST_ORDER, Patient, Role, Task, TestOrder, TestResult
from clinic.models.base import CLINICAL
from clinic.queries.backups import stage
from clinic.refusal import Conflict, Item
from clinic.rules import required_tests as rules
from clinic.rules.space import check_can_take_files
from clinic.states import transition
from clinic.uploads import cleaned

END_OF_DAY = time(18)  # a task about a day is due at its end; clinic default (unverified default)


def _today(site, at):
    return at.astimezone(site.zone).date()


@transaction.atomic
def ask_for_tests(
    *, patient, site, codes, due_on, by, reason="", title="", origin="asked", subject=None, at=None
):  # fmt: skip
    """Ask for these tests by `due_on`, a day of the site; returns the orders, in the order of `codes`.

    A test that is open already is left as it is and returned. `title` names "another test"; `subject` is what it
    belongs to (the assessment that waits for it). Raises Refused for a role that can't, an unknown test, a bad day.
    """
    at = at or clock.now()
    codes = list(dict.fromkeys(codes))
    rules.check_can_ask(
        codes=codes, known=CATALOGUE, title=title, due_on=due_on, today=_today(site, at), roles=roles_of(by, site, at)
    )
    fields = {"reason": reason.strip()[:300], "due_on": due_on, "origin": origin, "asked_at": at, "asked_by": by}
    if subject is not None:
        fields |= {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk}
    patient = _locked_patient(patient)
    return [_open_or_ask(patient, site, code, title, fields) for code in codes]


def _locked_patient(patient):
    """Two who ask for the same test of one person at once find the same order."""
    return Patient.objects.select_for_update().get(pk=patient.pk)


def _open_or_ask(patient, site, code, title, fields):
    standing = TestOrder.objects.filter(patient__person=patient.person_id, code=code, state="ordered")
    found = None if code == "other" else standing.first()
    return found or _ask(patient, site, code, title.strip() if code == "other" else "", fields)


def _ask(patient, site, code, title, fields):
    order = TestOrder.objects.create(patient=patient, site=site, code=code, title=title, **fields)
    by, at = fields["asked_by"], fields["asked_at"]
    audit.record("test.asked", order, by=by, patient=patient, site=site, at=at, detail={"due": str(order.due_on)})
    if order.origin != "brought":
        _open_task(order, by, at)
    return order


def _open_task(order, by, at):
    due_at = datetime.combine(order.due_on, END_OF_DAY, tzinfo=order.site.zone)
    open_task(
        "test",
        title=f"{title_of(order)} of {order.patient}: get it done and enter the result",
        neutral_title="Waits for a test",
        details=order.reason,
        site=order.site,
        patient=order.patient,
        for_role=Role.NURSE,
        due_at=due_at,
        by=by,
        subject=order,
        dedupe_key=f"test:{order.pk}:{order.version}",
        at=at,
    )


@transaction.atomic
def enter_brought_results(*, patient, site, code, values, taken_on, by, title="", lab="", at=None):
    """Enter a report nobody had asked for: the patient brought it along. Returns the order made for it.

    An open order of the same test takes it instead. Raises Refused like enter_results.
    """
    at = at or clock.now()
    rules.check_can_enter(state="ordered", roles=roles_of(by, site, at))
    fields = {"reason": "", "due_on": _today(site, at), "origin": "brought", "asked_at": at, "asked_by": by}
    order = _open_or_ask(_locked_patient(patient), site, code, title, fields)
    return enter_results(order=order, values=values, taken_on=taken_on, lab=lab, by=by, at=at)


@transaction.atomic
def enter_results(*, order, values, taken_on, by, lab="", at=None):
    """Enter what a report says: `values` are rules.Typed; blank ones are left out. Returns the order, now done.

    What is missing on the first sheet may be entered on a later one. Raises Refused with everything wrong, Conflict
    when one of these values stands already: it is corrected, not entered again.
    """
    at = at or clock.now()
    order = _locked(order)
    kind = kind_of(order)
    rules.check_can_enter(state=order.state, roles=roles_of(by, order.site, at))
    taken_back = _standing(order, values)
    rules.check_entry(_asked_now(kind, order), values, taken_on=taken_on, today=_today(order.site, at))
    for value in values:
        if not value.is_blank:
            _write(order, value, taken_on, lab, by, at, instead_of=taken_back.get(value.analyte), reason="Entered anew")
    _results_in(order, by, at, first=order.state == "ordered")
    return order


def _asked_now(kind, order):
    """The kind as a later sheet is held to it: what is in already is not required again."""
    there = {result.analyte for result in newest_results(order) if not result.is_struck}
    return replace(kind, analytes=tuple(analyte for analyte in kind.analytes if analyte.code not in there))


def _standing(order, values):
    """Analyte -> the struck row that a new value follows. Raises Conflict for one that stands."""
    typed = {value.analyte for value in values if not value.is_blank}
    there = {result.analyte: result for result in newest_results(order) if result.analyte in typed}
    taken = [kind_of(order).analyte(code) for code, result in there.items() if not result.is_struck]
    if taken:
        raise Conflict(
            *(
                Item("there", f"{one.label} is in already. Correct it where it stands.", field=one.code)
                for one in taken
            ),
            current=order,
        )
    return there


def newest_results(order):
    """The rows of an order that nothing supersedes, struck ones too."""
    return list(TestResult.objects.filter(order=order, superseded_by__isnull=True))


def _write(order, value, taken_on, lab, by, at, *, instead_of=None, reason="", is_struck=False):
    return TestResult.objects.create(
        order=order,
        patient=order.patient,
        analyte=value.analyte,
        number=value.number,
        comparator=value.comparator if value.number is not None else "",
        choice=value.choice,
        words=value.words.strip(),
        unit=value.unit if value.number is not None else "",
        range_low=value.range_low,
        range_high=value.range_high,
        taken_on=taken_on,
        lab=lab.strip()[:120],
        entered_at=at,
        entered_by=by,
        supersedes=instead_of,
        change_reason=reason if instead_of else "",
        is_struck=is_struck,
    )


def _results_in(order, by, at, *, first):
    order.verified_at = order.verified_by = None
    order.verified_words = ""
    order.version += 1
    if first:
        order.done_at, order.done_by = at, by
    order.save()
    if first:
        transition(order, "done", by=by, at=at, machine=TEST_ORDER)
        _end_tasks(order, "test", by, at, outcome="The result is in.")
    audit.record("test.results_entered", order, by=by, patient=order.patient, site=order.site, at=at)
    _ask_to_read(order, by, at)
    _tell(order, by, at)


def _ask_to_read(order, by, at):
    """A task for the prescriber, unless one of them has just entered it themself and signs it on the same page."""
    if Role.PRESCRIBER in roles_of(by, order.site, at):
        return
    open_task(
        "test",
        title=f"Read the result: {title_of(order)} of {order.patient}",
        neutral_title="A result waits for the prescriber",
        site=order.site,
        patient=order.patient,
        for_role=Role.PRESCRIBER,
        due_at=at,
        by=by,
        subject=order,
        dedupe_key=f"test-read:{order.pk}:{order.version}",
        at=at,
    )


@transaction.atomic
def correct_result(*, result, value, taken_on, by, reason, lab="", at=None):
    """Put another value in the place of one that was read or typed wrongly; both stay, with the reason.

    Returns the new row. Raises Refused with everything wrong, Conflict when somebody else was faster.
    """
    at = at or clock.now()
    order = _locked(result.order)
    _check_change(order, result, reason, by, at)
    analyte = kind_of(order).analyte(result.analyte)
    items = rules.value_items(analyte, value) + rules.taken_items(kind_of(order), taken_on, _today(order.site, at))
    rules.refuse_if(items if not value.is_blank else [_blank(analyte)])
    made = _write(order, value, taken_on, lab, by, at, instead_of=result, reason=reason.strip()[:300])
    _changed("test.result_corrected", order, by, at, reason)
    return made


def _blank(analyte):
    words = f"{analyte.label}: type the right value. To take it back altogether, use “Take it back”."
    return Item("blank", words, field=analyte.code)


@transaction.atomic
def strike_result(*, result, by, reason, at=None):
    """Take back a value that was entered by mistake (another patient's report, say); returns the order.

    It stays visible, with the reason. An order whose values are all taken back is asked for again.
    """
    at = at or clock.now()
    order = _locked(result.order)
    _check_change(order, result, reason, by, at)
    nothing = rules.Typed(result.analyte)
    _write(
        order, nothing, result.taken_on, result.lab, by, at,
        instead_of=result, reason=reason.strip()[:300], is_struck=True,
    )  # fmt: skip
    _changed("test.result_struck", order, by, at, reason)
    if all(one.is_struck for one in newest_results(order)):
        _ask_again(order, by, at, reason)
    return order


def _check_change(order, result, reason, by, at):
    is_newest = not TestResult.objects.filter(supersedes=result).exists()
    rules.check_can_change(
        reason=reason, is_newest=is_newest, is_struck=result.is_struck, roles=roles_of(by, order.site, at)
    )


def _changed(verb, order, by, at, reason):
    order.verified_at = order.verified_by = None
    order.verified_words = ""
    order.version += 1
    order.save()
    audit.record(verb, order, by=by, patient=order.patient, site=order.site, at=at, reason=reason.strip()[:300])
    _ask_to_read(order, by, at)
    _tell(order, by, at)


def _ask_again(order, by, at, reason):
    order.done_at = order.done_by = None
    order.save()
    transition(order, "ordered", by=by, at=at, machine=TEST_ORDER, reason=reason.strip()[:300])
    _end_tasks(order, "test", by, at, outcome="Taken back: entered by mistake.")
    _open_task(order, by, at)


@transaction.atomic
def verify_test(*, order, by, words="", at=None):
    """A prescriber has read these results, with a note if they like. Raises Refused when there is nothing to read."""
    at = at or clock.now()
    order = _locked(order)
    rules.check_can_verify(
        state=order.state, is_verified=order.verified_at is not None, roles=roles_of(by, order.site, at)
    )
    order.verified_at, order.verified_by, order.verified_words = at, by, words.strip()[:300]
    order.version += 1
    order.save()
    audit.record("test.verified", order, by=by, patient=order.patient, site=order.site, at=at)
    _end_tasks(order, "test", by, at, outcome="Read.")
    _tell(order, by, at)
    return order


@transaction.atomic
def cancel_test(*, order, by, reason, at=None):
    """The test is not needed any more, with the reason. Raises Refused once a result is in."""
    at = at or clock.now()
    order = _locked(order)
    rules.check_can_cancel(state=order.state, reason=reason, roles=roles_of(by, order.site, at))
    order.cancelled_at, order.cancelled_by, order.cancel_reason = at, by, reason.strip()[:300]
    order.version += 1
    order.save()
    transition(order, "cancelled", by=by, at=at, machine=TEST_ORDER, reason=order.cancel_reason)
    _end_tasks(order, "test", by, at, withdrawn=f"The test was cancelled: {order.cancel_reason}")
    audit.record(
        "test.cancelled", order, by=by, patient=order.patient, site=order.site, at=at, reason=order.cancel_reason
    )
    _tell(order, by, at)
    return order


def _end_tasks(order, kind, by, at, *, outcome="", withdrawn=""):
    for task in Task.objects.filter(patient=order.patient_id, kind=kind, subject_id=order.pk, state="open"):
        if withdrawn:
            withdraw_task(task=task, by=by, reason=withdrawn, at=at)
        else:
            close_task(task=task, by=by, outcome=outcome, at=at)


def _locked(order):
    orders = TestOrder.objects.select_for_update(of=("self",)).select_related("patient", "site")
    return orders.get(pk=order.pk)


def _tell(order, by, at):
    events.tell_on_commit(events.test_results_changed, order=order, by=by, at=at)
    transaction.on_commit(lambda: live.announce(order.site_id, "test", order.pk, order.version))


@transaction.atomic
def attach_report(*, order, content, by, size=None, at=None):
    """Keep a PDF or a picture with this test; returns the Document. Its name is ours, never the one it came with.

    `size` is how much was sent, when more than was taken. Raises Refused for a file that may not be kept.
    """
    at = at or clock.now()
    order = _locked(order)
    rules.check_can_enter(state=order.state, roles=roles_of(by, order.site, at))
    check_can_take_files(stage())
    clean = cleaned(content, size)
    return keep_document(
        patient=order.patient,
        site=order.site,
        kind="test_result",
        title=f"{title_of(order)}, report",
        content=clean.content,
        media_type=clean.media_type,
        field_class=CLINICAL,
        subject=order,
        by=by,
        at=at,
    )
