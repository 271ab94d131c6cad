"""The demo clinic grown to five years: its treated patients again and again, further and further back.

Each copy is a patient of its own with everything that hangs on the original, 29 weeks earlier than the one before, nine
times; the patients of the demo themselves get nine earlier courses as well, so that the longest records are five years
long too. What is still to be done (open tasks, proposals, tests asked for) belongs to the present and is not copied.
"""

from psycopg2.sql import SQL, Literal

from clinic.dev.bench.multiply import Back, analyze, copies, whole
from clinic.models import Alert, Course, Patient, Task, TestOrder
from followup.models import BoosterProposal, BoosterRequest
from sessions.models import InfusionSession

DAYS, TIMES = 203, 9  # whole weeks, so that weekdays stay; nine of them and the demo's own are five years and a half
ALIKE = 8  # patients of one kind at a time: four of them make up a day of the demo's twelve chairs
OPEN = {Task: "open", Alert: "open", TestOrder: "ordered", BoosterProposal: "proposed"}
EARLIER = 1_000_000  # copies of courses alone are numbered from here, so that they are no copies of the patients
OVER = (
    "UPDATE clinic_course SET state = 'completed' WHERE opened_at < now() - interval '250 days' "
    "AND state IN ('active', 'paused')",
    "UPDATE followup_diaryplan p SET ended_at = p.started_at + interval '200 days', ended_why = 'course over', "
    "next_at = NULL, next_day = NULL, round_at = NULL, round_day = NULL FROM clinic_course c "
    "WHERE c.id = p.course_id AND c.state = 'completed' AND p.ended_at IS NULL",
)


def grow(superuser, alike=ALIKE):
    """Grow the demo clinic of this database; ``superuser``: a cursor that may switch triggers off."""
    treated = treated_patients()
    back = Back(days=DAYS, times=TIMES)
    grown = _past_only(whole(treated))
    copies(superuser, grown, start=1, count=TIMES * alike, back=back)
    for course in Course.objects.filter(patient__in=treated):
        _earlier(superuser, course)
    superuser.execute("SET session_replication_role = replica")
    for statement in OVER:
        superuser.execute(statement)
    superuser.execute("SET session_replication_role = DEFAULT")
    analyze(superuser, [model for model, _ in grown])


def treated_patients():
    """Ids of the patients with infusions behind them and none under way."""
    ended = Patient.objects.filter(infusion_sessions__ended_at__isnull=False)
    running = InfusionSession.objects.open().values("patient")
    return list(ended.exclude(pk__in=running).distinct().values_list("pk", flat=True))


def _past_only(chosen):
    """Without what is still to be done."""
    kept = []
    for model, ids in chosen:
        if model in OPEN:
            ids = set(model.objects.filter(pk__in=ids).exclude(state=OPEN[model]).values_list("pk", flat=True))
        if ids and model is not BoosterRequest:
            kept.append((model, ids))
    return kept


def _earlier(superuser, course):
    """Nine earlier courses of the same patient, each with a number of its own."""
    chosen = _past_only(whole([course.pk], of=Course))
    copies(
        superuser, chosen, start=EARLIER + 1, count=TIMES, back=Back(days=DAYS, times=TIMES),
        instead={(Course, "number"): SQL("t.number + 10 * (n - {})").format(Literal(EARLIER))},
    )  # fmt: skip
