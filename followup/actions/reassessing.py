"""Write what came of "stop and reassess"; note that the patient asked for the next infusion."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.actions.tasks import withdraw_task
from clinic.models import COURSE, Course
from clinic.refusal import Conflict, Item, refuse_if
from clinic.states import transition
from followup.actions.booster import review
from followup.models import BoosterProposal, BoosterRequest, DiaryPlan, Reassessment
from followup.queries.relief import local_today
from followup.rules import reassessing as rules
from sessions.models import InfusionSession


@transaction.atomic
def reassess(*, proposal: BoosterProposal, outcome: str, reason: str, by, at: datetime | None = None) -> Reassessment:
    """Write the outcome of an accepted "stop and reassess": go on, change the plan, pause or end the course.

    Raises Refused for anyone but a prescriber, without a reason, and when it is written already.
    """
    at = at or clock.now()
    rows = BoosterProposal.objects.select_for_update(of=("self",)).select_related("course__patient", "course__site")
    proposal = rows.select_related("booking").get(pk=proposal.pk)
    course = Course.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=proposal.course_id)
    is_open = proposal.kind == "reassess" and proposal.state == "accepted" and not hasattr(proposal, "reassessment")
    roles = roles_of(by, course.site, at)
    refuse_if(
        rules.outcome_items(is_open=is_open, outcome=outcome, reason=reason, state=course.state, roles=roles)
    )  # fmt: skip
    row = Reassessment.objects.create(
        proposal=proposal, outcome=outcome, reason=reason.strip(), decided_at=at, decided_by=by
    )
    after = rules.COURSE_AFTER[outcome]
    if after is not None and after != course.state:
        transition(course, after, by=by, at=at, machine=COURSE, reason=reason)
        Course.objects.filter(pk=course.pk).update(version=course.version + 1)
    audit.record(
        "course.reassessed", row, by=by, patient=course.patient, site=course.site, at=at, reason=reason,
        detail={"outcome": outcome},
    )  # fmt: skip
    if proposal.booking and proposal.booking.state == "open":
        withdraw_task(task=proposal.booking, by=by, at=at, reason="reassessed without a consultation")
    return row


@transaction.atomic
def note_request(
    *, course: Course, asked_on: date, how: str, words: str = "", by, at: datetime | None = None
) -> BoosterRequest:
    """Note that the patient asked for the next infusion on a day of the site; the course is weighed again.

    Raises Refused for a day ahead or long past, and before any infusion; Conflict when it is noted already.
    """
    at = at or clock.now()
    course = Course.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=course.pk)
    there = BoosterRequest.objects.filter(course=course, asked_on=asked_on).exists()
    given = InfusionSession.objects.filter(course=course, started_at__isnull=False).exists()
    refuse_if(
        rules.request_items(asked_on=asked_on, today=local_today(course, at), has_infusion=given, is_there=there)
    )  # fmt: skip
    row = _keep_request(course, asked_on, how, words, by, at)
    audit.record("booster.asked", row, by=by, patient=course.patient, site=course.site, at=at, detail={"how": how})
    DiaryPlan.objects.filter(course=course, ended_at__isnull=True, review_at__gt=at).update(review_at=at)
    review(course=course, by=by, at=at)
    return row


def _keep_request(course, asked_on, how, words, by, at):
    try:
        with transaction.atomic():
            return BoosterRequest.objects.create(
                course=course, asked_on=asked_on, how=how, words=words.strip(), recorded_at=at, recorded_by=by
            )
    except IntegrityError as problem:
        raise Conflict(Item("there", "It is noted for this day already.", field="asked_on")) from problem
