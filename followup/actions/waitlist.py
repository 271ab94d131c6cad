"""Join and leave the waiting list. Who waits says what suits; what no longer can happen ends by itself."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic import audit, clock, notify
from clinic.actions.tasks import announce
from clinic.models import Appointment, Patient, Site
from clinic.refusal import Item, Refused, refuse_if
from clinic.rules import visits
from clinic.states import transition
from followup.models import OFFER, WAITING, WaitlistEntry, WaitlistOffer
from followup.queries.waitlist import MOVABLE
from followup.rules import waitlist as rules

OFFER_SUBJECT = "followup.waitlistoffer"


@transaction.atomic
def join_waitlist(
    *,
    patient: Patient,
    site: Site,
    kind: str,
    from_day: date,
    until_day: date,
    part: str = "any",
    weekdays=(),
    notice_hours: int = rules.NOTICE_HOURS,
    course=None,
    appointment: Appointment | None = None,
    note: str = "",
    by,
    at: datetime | None = None,
) -> WaitlistEntry:
    """Write down that somebody would come sooner; who waits for the same already has only the wishes changed.

    `appointment`: the visit they would move. Raises Refused with everything that is wrong with it.
    """
    at = at or clock.now()
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    refuse_if(_items(patient, site, kind, course, appointment, at))
    refuse_if(
        rules.wish_items(
            from_day=from_day, until_day=until_day, today=at.astimezone(site.zone).date(), weekdays=weekdays, part=part,
            notice_hours=notice_hours,
        )
    )  # fmt: skip
    wishes = {
        "from_day": from_day,
        "until_day": until_day,
        "part": part,
        "weekdays": sorted(weekdays),
        "notice_hours": notice_hours,
        "note": note.strip()[:200],
    }
    who = {"patient": patient, "site": site, "kind": kind, "appointment": appointment}
    entry = WaitlistEntry.objects.filter(**who, state="waiting").first()
    if entry is None:
        entry = WaitlistEntry.objects.create(**who, course=course, added_at=at, added_by=_staff(by), **wishes)
    else:
        for name, value in wishes.items():
            setattr(entry, name, value)
        entry.save(update_fields=list(wishes))
    audit.record("waitlist.joined", entry, by=by, patient=patient, site=site, at=at)
    announce(site.pk, entry)
    return entry


def _staff(by):
    return by if getattr(by, "is_staff_user", False) else None


def _items(patient, site, kind, course, appointment, at) -> list[Item]:
    if appointment is not None:
        there = appointment.state in MOVABLE and appointment.starts_at > at
        theirs = appointment.patient.person_id == patient.person_id and appointment.site_id == site.pk
        words = _("This visit can’t be moved any more. Please call us.")
        return [] if there and theirs else [Item("not-movable", words)]
    return visits.visit_items(
        kind=kind,
        course_state=course.state if course else None,
        same_patient=course is None or course.patient.person_id == patient.person_id,
        died=patient.died_on is not None,
        site_open=site.open_for_booking,
    )


@transaction.atomic
def leave_waitlist(*, entry: WaitlistEntry, by, reason: str = "", at: datetime | None = None) -> WaitlistEntry:
    """Take somebody off the list; offers that still wait for an answer end. Leaving twice is once."""
    at = at or clock.now()
    entry = _locked(entry)
    if entry.state == "withdrawn":
        return entry
    if _staff(by) and not reason.strip():
        raise Refused(Item("reason", "Write why they no longer wait.", field="reason"))
    end_entry(entry, "withdrawn", by=by, at=at, reason=reason)
    return entry


def _locked(entry) -> WaitlistEntry:
    rows = WaitlistEntry.objects.select_for_update(of=("self",)).select_related("patient", "site")
    return rows.get(pk=entry.pk)


def end_entry(entry: WaitlistEntry, state: str, *, by, at: datetime, reason: str = "") -> None:
    """End a locked entry, with the offers that still wait for an answer."""
    entry.ended_at, entry.ended_why = at, reason.strip()[:200]
    transition(entry, state, by=by, at=at, machine=WAITING, reason=entry.ended_why, also=("ended_at", "ended_why"))
    audit.record(f"waitlist.{state}", entry, by=by, patient=entry.patient, site=entry.site, at=at, reason=reason)
    offers = WaitlistOffer.objects.select_for_update().filter(entry=entry, state="open")
    for offer in offers:
        end_offer(offer, "withdrawn", at=at, by=by)
    announce(entry.site_id, entry)


def end_offer(offer: WaitlistOffer, state: str, *, at: datetime, by=None) -> None:
    """End a locked offer that nobody took; its message, if it has not gone out yet, is withdrawn."""
    transition(offer, state, by=by, at=at, machine=OFFER)
    notify.withdraw(
        subject_kind=OFFER_SUBJECT, subject_id=offer.pk, by=by, at=at, reason="the time is no longer offered"
    )  # fmt: skip


def end_idle_entries(*, at: datetime | None = None) -> int:
    """End those whose last day has passed, or whose visit is over, cancelled or under way; returns how many."""
    at = at or clock.now()
    over = Q(appointment__isnull=False) & (~Q(appointment__state__in=MOVABLE) | Q(appointment__starts_at__lte=at))
    rows = WaitlistEntry.objects.filter(Q(until_day__lt=at.date()) | over, state="waiting").select_related("site")
    ended = 0
    for row in rows:
        ended += _end_idle(row, at)
    return ended


@transaction.atomic
def _end_idle(row, at) -> int:
    entry = _locked(row)
    today = at.astimezone(entry.site.zone).date()
    if entry.state != "waiting":
        return 0
    if entry.until_day < today:
        end_entry(entry, "expired", by=None, at=at, reason="The last day has passed.")
        return 1
    if entry.appointment is None or (entry.appointment.state in MOVABLE and entry.appointment.starts_at > at):
        return 0
    end_entry(entry, "expired", by=None, at=at, reason="The visit they would have moved is over or cancelled.")
    return 1
