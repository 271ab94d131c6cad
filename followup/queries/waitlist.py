"""Who waits at a site and what they would take, in a handful of queries; reads only."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from clinic import access
from clinic.models import Appointment, PatientLink, Representative
from clinic.models.appointments import OCCUPIES
from clinic.presenters.booking import IN_A_CHAIR, MINUTES
from followup.models import FreedSlot, WaitlistEntry, WaitlistOffer
from followup.rules.waitlist import Slot, Wish, in_order

MOVABLE = ("booked", "confirmed")
COUNTS = (*OCCUPIES, "done")


def waiting_at(site):
    """Those that wait at a site, the longest first, with what a wish needs."""
    rows = WaitlistEntry.objects.filter(site=site, state="waiting").order_by("added_at")
    return rows.select_related("patient", "course__protocol_version", "appointment", "site")


def wishes_of(entries, *, but_person=None) -> list[tuple[WaitlistEntry, Wish]]:
    """Each entry with its wish; without those of one person. One query for the days of their series."""
    rows = [one for one in entries if but_person is None or one.patient.person_id != but_person]
    days = _series_days(rows)
    return [(one, wish_of(one, days)) for one in rows]


def _series_days(entries) -> dict:
    """course id -> [(appointment id, start)] of its infusions that count, in order of time."""
    courses = {one.course_id for one in entries if one.course_id and one.kind in IN_A_CHAIR}
    found = {}
    rows = Appointment.objects.filter(course__in=courses, kind__in=IN_A_CHAIR, state__in=COUNTS).order_by("starts_at")
    for course, pk, start in rows.values_list("course", "pk", "starts_at"):
        found.setdefault(course, []).append((pk, start))
    return found


def wish_of(entry: WaitlistEntry, days: dict) -> Wish:
    """An entry as the rules speak of it."""
    zone = entry.site.zone
    others = [start for pk, start in days.get(entry.course_id, ()) if pk != entry.appointment_id]
    least, most = _spacing(entry)
    return Wish(
        ident=entry.pk,
        since=entry.added_at,
        from_day=entry.from_day,
        until_day=entry.until_day,
        part=entry.part,
        weekdays=frozenset(entry.weekdays),
        notice=timedelta(hours=entry.notice_hours),
        minutes=minutes_of(entry),
        in_a_chair=entry.kind in IN_A_CHAIR,
        before=entry.appointment.starts_at if entry.appointment else None,
        series=tuple(start.astimezone(zone).date() for start in others),
        least_days=least,
        most_days=most,
        zone=ZoneInfo(entry.patient.zone_name),
    )


def _spacing(entry) -> tuple[int, int | None]:
    """Fewest and most days between infusions by the course's protocol; (0, None) where nothing is asked."""
    version = entry.course.protocol_version if entry.course else None
    if version is None or entry.kind not in IN_A_CHAIR:
        return 0, None
    if entry.kind == "booster":
        return version.booster_min_days, None
    return (1, 1) if version.consecutive_days else (version.spacing_min_days, version.spacing_max_days)


def minutes_of(entry) -> int:
    """How long the visit takes: as booked, by the course's protocol, or by its kind."""
    if entry.appointment:
        return round((entry.appointment.ends_at - entry.appointment.starts_at).total_seconds() / 60)
    if entry.kind in IN_A_CHAIR and entry.course:
        return entry.course.protocol_version.chair_minutes
    return MINUTES[entry.kind]


def slot_of(row: FreedSlot) -> Slot:
    """A freed slot as the rules speak of it."""
    return Slot(row.starts_at, row.ends_at, row.in_a_chair, row.site.zone)


def speakers_for(patient) -> list[Representative]:
    """Who speaks for this person now and can be written to, the first one first."""
    rows = Representative.objects.filter(patient__person=patient.person_id, until=None).exclude(email="")
    return list(rows.select_related("patient").order_by("since"))


def sites_with_waiting() -> list:
    """Ids of the sites where somebody waits."""
    return list(WaitlistEntry.objects.filter(state="waiting").order_by().values_list("site", flat=True).distinct())


def cancelled_ahead(sites, at: datetime):
    """Visits ahead at these sites that were called off and whose time has not been taken up as freed."""
    known = FreedSlot.objects.filter(source=OuterRef("pk"), starts_at=OuterRef("starts_at"))
    rows = Appointment.objects.filter(site__in=sites, state="cancelled", starts_at__gt=at)
    return rows.filter(~Exists(known)).select_related("site").order_by("starts_at")


def moved_from(sites, at: datetime) -> list[tuple[Appointment, datetime, datetime]]:
    """(visit, start, end) of times ahead that visits of these sites were moved away from, not yet taken up."""
    events = apps.get_model("clinic", "AppointmentEvent").objects.filter(
        pgh_obj__site__in=sites, pgh_obj__state__in=OCCUPIES, pgh_obj__starts_at__gt=at, starts_at__gt=at
    )
    known = FreedSlot.objects.filter(source=OuterRef("pgh_obj"), starts_at=OuterRef("starts_at"))
    rows = events.exclude(starts_at=F("pgh_obj__starts_at")).filter(~Exists(known))
    times = {(row[0], row[1]): row[2] for row in rows.values_list("pgh_obj", "starts_at", "ends_at")}
    visits = Appointment.objects.select_related("site").in_bulk({pk for pk, _ in times})
    return [(visits[pk], start, end) for (pk, start), end in sorted(times.items(), key=lambda one: one[0][1])]


def entry_or_404(request, pk) -> WaitlistEntry:
    """One entry of a patient this reader may see; the look recorded."""
    rows = WaitlistEntry.objects.filter(pk=pk).select_related("patient", "site", "course", "appointment")
    return access.get_for_patient_or_404(request, rows)


def slot_or_404(request, pk) -> FreedSlot:
    """One freed slot at a site of the reader's."""
    return access.one_at_my_sites_or_404(request, FreedSlot.objects.filter(pk=pk).select_related("site"))


def offer_of(link: PatientLink) -> WaitlistOffer | None:
    """The offer a link is about, if it is this patient's."""
    rows = WaitlistOffer.objects.filter(pk=link.subject_id, entry__patient=link.patient_id)
    return rows.select_related("slot__site", "entry__patient", "entry__appointment", "appointment").first()


def movable_visits(patient, at: datetime) -> list[Appointment]:
    """Visits of this person that are still to come and could be moved, soonest first."""
    rows = Appointment.objects.filter(patient__person=patient.person_id, state__in=MOVABLE, starts_at__gt=at)
    return list(rows.select_related("site", "course").order_by("starts_at"))


def slots_shown(site, at: datetime):
    """Freed times ahead of a site, and those settled within the last two days, newest first, with their offers."""
    lately = Q(ended_at__gte=at - timedelta(days=2)) | Q(state="open")
    rows = FreedSlot.objects.filter(lately, site=site).select_related("source", "freed_by")
    return rows.prefetch_related("offers__entry__patient").order_by("starts_at", "freed_at")


def waits_for(site, starts_at: datetime, ends_at: datetime, *, in_a_chair: bool, at: datetime, but_person=None) -> int:
    """How many of those that wait a time like this would suit."""
    wishes = [wish for _, wish in wishes_of(waiting_at(site), but_person=but_person)]
    return len(in_order(wishes, Slot(starts_at, ends_at, in_a_chair, site.zone), at))
