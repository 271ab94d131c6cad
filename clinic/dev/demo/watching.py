"""Long-term safety in the demo clinic: what is known before a course, checked again on the way; help; a letter."""

from datetime import timedelta
from decimal import Decimal

from clinic import audit
from clinic.models import InstrumentResponse, Patient, Referrer, TestOrder, TestResult
from followup.actions import adjuncts, progress

BASELINE = {
    "liver": (("alt", "24", "U/L", "40"), ("ast", "22", "U/L", "38")),
    "kidney": (("creatinine", "0.9", "mg/dL", "1.3"),),
}


def before_the_plan(person, patient, site, crew, at):
    """The results a patient brings along: liver, kidney, a bladder score, and a pregnancy test where it applies."""
    for code, values in BASELINE.items():
        _result(person, patient, site, crew, at, code, values)
    if patient.sex != "male":
        _result(person, patient, site, crew, at, "pregnancy", ())
    bladder(person, patient, site, crew, at, 2)


def _result(person, patient, site, crew, at, code, values):
    day = (at - timedelta(days=2)).astimezone(site.zone).date()
    nurse, doctor = crew["nurse"], crew["prescriber"]
    order = TestOrder.objects.create(
        patient=patient, site=site, code=code, origin="brought", asked_at=at, asked_by=nurse, due_on=day, state="done",
        done_at=at, done_by=nurse, verified_at=at, verified_by=doctor,
    )  # fmt: skip
    told = {"order": order, "patient": patient, "taken_on": day, "entered_at": at, "entered_by": nurse}
    rows = [
        TestResult(analyte=name, number=_a_little_more(number, person.number % 4), unit=unit, range_low=0,
                   range_high=Decimal(high), **told)
        for name, number, unit, high in values
    ]  # fmt: skip
    rows = rows or [TestResult(analyte="result", choice="negative", **told)]
    TestResult.objects.bulk_create(rows)
    audit.record("test.results_entered", order, by=nurse, patient=patient, site=site, at=at)


def _a_little_more(number, steps):
    """So many steps of the figure's last place: 24 to 27, 0.9 to 1.2."""
    figure = Decimal(number)
    return figure + Decimal(steps).scaleb(figure.as_tuple().exponent)


def bladder(person, patient, site, crew, at, total):
    """A bladder symptom score (ICSI, 0 to 20), asked by the nurse."""
    row = InstrumentResponse.objects.create(
        patient=patient, instrument="icsi", version="1", answers={}, score=total + person.number % 3, scorable=True,
        answered_at=at, answered_by=crew["nurse"], occasion_kind="staff",
    )  # fmt: skip
    audit.record("score.entered", row, by=crew["nurse"], patient=patient, site=site, at=at)


def helped(person, course, crew, at, weeks):
    """A referral with an appointment a week, most of them kept."""
    kind, whom = (
        ("counselling", "Sample counselling") if course.protocol_version.protocol.purpose == "mood" else
        ("physical", "Sample physical therapy")
    )  # fmt: skip
    day = at.astimezone(course.site.zone).date()
    row = adjuncts.refer(
        course=course, kind=kind, to_whom=whom, asked_on=day, planned_visits=weeks, by=crew["nurse"], at=at,
        goal="To keep what relief makes possible",
    )  # fmt: skip
    for week in range(weeks):
        state = "missed" if (week + person.number) % 4 == 3 else "attended"
        on = day + timedelta(days=7 * week)
        adjuncts.plan_visit(
            referral=row, day=on, state=state, by=crew["nurse"], at=at + timedelta(days=7 * week, hours=6)
        )


def letter(course, crew, at):
    """A progress letter, signed and faxed."""
    referrer, _ = Referrer.objects.get_or_create(name="Dr. Rae Ferrer", defaults={"organisation": "Sample practice"})
    Patient.objects.filter(pk=course.patient_id).update(referrer=referrer)
    doctor = crew["prescriber"]
    draft = progress.start_letter(course=course, by=doctor, at=at)
    signed = progress.sign_letter(letter=draft, version=draft.version, by=doctor, at=at + timedelta(minutes=4))
    progress.note_sent(letter=signed, way="fax", to_whom=referrer.name, by=crew["nurse"], at=at + timedelta(minutes=9))
