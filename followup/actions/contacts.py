"""The contact of the day after: one task per session that has ended, and the diary goes on from there."""

from datetime import datetime, time, timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.tasks import open_task
from clinic.models import Role
from clinic.rules.quiet import from_wall
from followup.models import DiaryPlan, FollowUpContact
from sessions.models import InfusionSession

CALL_AT = time(10)
NO_CONTACT = ("not_started", "died", "transferred")
LOOK_BACK = timedelta(days=3)
MAIL_WITHIN = timedelta(hours=12)


@transaction.atomic
def make_contact(*, session: InfusionSession, by=None, at: datetime | None = None) -> FollowUpContact:
    """Open the next-day task of a session, once: local 10:00 of the day after it ended (clinic default)."""
    at = at or clock.now()
    day = session.ended_at.astimezone(session.site.zone).date() + timedelta(days=1)
    due_at = from_wall(day, CALL_AT, session.site.zone)
    contact, made = FollowUpContact.objects.get_or_create(session=session, defaults={"due_at": due_at, "made_at": at})
    if not made:
        return contact
    contact.task = open_task(
        "contact",
        title=f"Next-day contact after infusion {session.number}.",
        neutral_title="Next-day contact.",
        patient=session.patient,
        site=session.site,
        due_at=due_at,
        for_role=Role.NURSE,
        by=by,
        subject=contact,
        dedupe_key=f"contact:{session.pk}",
        at=at,
    )
    contact.save(update_fields=["task"])
    _mail_instructions(session, by=by, at=at)
    DiaryPlan.objects.filter(course=session.course_id, review_at__gt=at).update(review_at=at)
    audit.record("contact.planned", contact, by=by, patient=session.patient, site=session.site, at=at)
    return contact


def _mail_instructions(session: InfusionSession, *, by, at: datetime) -> None:
    """What was handed over on paper, by mail too; of no use on the next morning. The sheet itself says more."""
    if session.aftercare_sheets.filter(mailed=True).exists():
        return
    notify.enqueue(
        "going_home",
        recipient=session.patient,
        site=session.site,
        dedupe_key=f"going_home:{session.pk}",
        due_at=session.ended_at,
        expires_at=session.ended_at + MAIL_WITHIN,
        subject_kind="treatment_sessions.infusionsession",
        subject_id=session.pk,
        by=by,
        at=at,
    )


def without_contact(at: datetime):
    """Sessions that ended in the last days and have no contact planned yet."""
    ended = InfusionSession.objects.filter(ended_at__gte=at - LOOK_BACK, follow_up_contact__isnull=True)
    return ended.exclude(ending__in=NO_CONTACT).select_related("patient", "site", "course").order_by("ended_at")
