"""Limits of one patient, set by the prescriber with a reason; they hold for the rest of the course."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import CourseLimit
from clinic.refusal import refuse_if
from sessions.actions.sessions import bump, lock, need_prescriber
from sessions.queries.plans import limits_of
from sessions.rules import own_limits


@transaction.atomic
def set_limit(*, session, measure, level, low=None, high=None, reason, by, at=None):
    """Set this patient's own limit of a measure and level (`caution` or `alarm`); the newest one counts.

    `low` and `high` in the measure's unit, None: the protocol's own stays on that side. Only a prescriber; what has
    been charted keeps the judgement of its time.
    """
    session = lock(session)
    at = at or clock.now()
    need_prescriber(by, session.site, at=at, words="Only a prescriber sets limits for a patient.")
    refuse_if(own_limits.items(measure, level, low=low, high=high, reason=reason, others=limits_of(session)))
    row = CourseLimit.objects.create(
        course=session.course, measure=measure, level=level, low=low, high=high, reason=reason.strip(), set_at=at,
        set_by=by,
    )  # fmt: skip
    audit.record("course.limit_set", row, by=by, patient=session.patient, site=session.site, at=at, reason=row.reason)
    bump(session)
    return row
