"""What is known of a patient when the rules are run: answers, record, tests, and the clinic's levels. Reads only."""

from dataclasses import dataclass
from decimal import Decimal

from clinic.models import InstrumentResponse, MedicationStatement, SafetyCheckDue
from clinic.queries.required_tests import latest_results
from intake.models import Packet, RuleLevel
from intake.queries import verified_answers_of
from intake.rules import conditions, levels
from intake.rules.beside import Given, Record, SafetyCheck, Test
from intake.rules.findings import RULES, find, inferred

PATCH = "mcg/h"


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the rules are handed; ``levels`` are rule code -> Level or "off" where a prescriber set another."""

    answers: dict
    age: int
    sex: str
    record: Record
    levels: dict
    reason: str

    def find(self, stage, today=None):
        """Verdicts at this stage, with the answers of a visit where there is one; heaviest first."""
        return find(
            self.answers,
            age=self.age,
            sex=self.sex,
            record=self.record,
            today=today,
            stage=stage,
            levels=self.levels,
        )

    @property
    def conditions(self):
        """The groups of conditions the patient comes for."""
        return conditions.treated(self.reason, self.answers.get("conditions"))

    @property
    def inferred(self):
        """[(fact, why)] of what is known only because it was not asked."""
        return inferred(self.answers, age=self.age, sex=self.sex)


def known_of(patient, *, site, at, packet=None):
    """What is known of this patient now; ``packet``: the one to read (default: the newest that was sent).

    Verified answers are read: supplements and staff's corrections lie over what was said first. Eleven queries at most.
    """
    packet = packet or newest_packet(patient)
    day = at.astimezone(site.zone).date()
    return Known(
        answers=verified_answers_of(packet) if packet else {},
        age=patient.age_on(day),
        sex=patient.sex,
        record=record_of(patient, day),
        levels=levels_in_force(),
        reason=packet.reason if packet else patient.reason,
    )


def newest_packet(patient):
    """The newest packet this person has sent, None without one."""
    sent = Packet.objects.filter(patient__person=patient.person_id, submitted_at__isnull=False)
    return sent.select_related("patient", "site").order_by("-submitted_at").first()


def record_of(patient, day):
    """What staff recorded beside the answers, as of ``day`` (a local date)."""
    return Record(
        medicines=_medicines(patient),
        scores=_scores(patient),
        tests=_tests(patient),
        safety=_safety(patient),
        day=day,
    )


def _medicines(patient):
    rows = MedicationStatement.objects.filter(patient__person=patient.person_id, ended_at__isnull=True)
    return tuple(_entry(row) for row in rows.exclude(source="patient").order_by("said_at", "name"))


def _entry(row):
    """A statement as an entry of the answers: its daily amount once a day, a patch in mcg/h."""
    is_patch = "fentanyl" in row.ingredient and "patch" in row.dose_words.lower()
    amount: Decimal | None = row.daily_mg
    return {"name": row.name, "amount": amount, "unit": PATCH if is_patch else "mg", "times_a_day": 1}


def _scores(patient):
    rows = InstrumentResponse.objects.filter(patient__person=patient.person_id)
    newest = rows.order_by("instrument", "-answered_at").distinct("instrument")
    return {row.instrument: Given(row.score, row.band, row.scorable) for row in newest}


def _tests(patient):
    return tuple(_test(latest) for latest in latest_results(patient).values() if latest.taken_on or latest.is_ordered)


def _test(latest):
    result = latest.value("result")
    return Test(
        code=latest.code,
        title=latest.title,
        taken_on=latest.taken_on,
        due_on=latest.due_on,
        is_abnormal=latest.is_abnormal,
        is_read=latest.is_verified,
        choice=result.choice if result else "",
    )


def _safety(patient):
    rows = SafetyCheckDue.objects.filter(patient__person=patient.person_id, due_on__isnull=False)
    return tuple(SafetyCheck(row.get_code_display(), row.due_on, row.overdue_from) for row in rows)


def levels_in_force():
    """Rule code -> Level or "off", where the clinic's level is not the one the rule ships with. One query."""
    return levels.in_force(RULES, newest_levels())


def newest_levels():
    """The newest RuleLevel of each rule that was ever set."""
    return RuleLevel.objects.order_by("rule", "-set_at", "-id").distinct("rule").select_related("set_by")
