"""Tell the patient what was booked, moved or cancelled: in the same transaction, once, and only what is still ahead."""

from zoneinfo import ZoneInfo

from clinic import clock, notify
from clinic.models import Course


def tell(kind, appointments, *, by, at):
    """Queue one message about these visits of one patient: `kind` booked, moved or cancelled.

    Several visits of a course are one message: what is cancelled, or else when they all are now.
    Nothing is queued about what is already over, or without an address.
    """
    ahead = [one for one in appointments if one.starts_at > clock.now()]
    if not ahead or not ahead[0].patient.email:
        return None
    _take_back(kind, ahead, by, at)
    subject = ahead[0] if len(ahead) == 1 else ahead[0].course
    return _queue(kind, subject, ahead, by, at)


EARLIER = ("visit_booked", "visit_moved")


def _take_back(kind, ahead, by, at):
    """What was said earlier and has not gone out yet no longer holds."""
    said = [("clinic.appointment", one.pk, EARLIER) for one in ahead]
    if kind != "booked" and len(ahead) > 1:
        said.append(("clinic.course", ahead[0].course_id, ("series_booked",)))
    for subject_kind, pk, kinds in said:
        notify.withdraw(subject_kind=subject_kind, subject_id=pk, kinds=kinds, by=by, at=at, reason="changed again")


def _queue(kind, subject, ahead, by, at):
    first, site = ahead[0], ahead[0].site
    of_course = isinstance(subject, Course)
    sequence = max(one.sequence for one in ahead)
    of_several = "series_cancelled" if kind == "cancelled" else "series_booked"
    return notify.enqueue(
        of_several if of_course else f"visit_{kind}",
        recipient=first.patient,
        site=site,
        dedupe_key=f"visits:{kind}:{subject.pk}:{first.pk}:{len(ahead)}:{sequence}",
        due_at=at,
        expires_at=ahead[-1].starts_at,
        subject_kind="clinic.course" if of_course else "clinic.appointment",
        subject_id=subject.pk,
        context={"when": _when(ahead)},
        by=by,
        at=at,
    )


def _when(ahead):
    return "\n".join(notify.when_words(one.starts_at, one.site.zone, ZoneInfo(one.patient.zone_name)) for one in ahead)
