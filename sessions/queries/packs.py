"""What the paper of a day names, in a fixed number of queries; the packs that were made; the sites whose turn it is."""

from collections import defaultdict
from dataclasses import dataclass, field

from clinic.models import AllergyStatement, Appointment, PatientAlert, Site
from clinic.queries.places import hours_of
from clinic.words import today_in
from sessions.models import DowntimePack
from sessions.queries.days import bounds
from sessions.queries.ledger import LIVE, balances
from sessions.queries.plans import version_plan
from sessions.rules import packs

STATES = ("booked", "confirmed", "arrived", "in_progress")


@dataclass
class Visit:
    """One infusion of the day with all its sheet says."""

    appointment: object
    chair: str
    nurse: str
    plan: object
    allergies: list
    alerts: list
    standing: list = field(default_factory=list)

    @property
    def mark(self):
        """Changes when anything that is printed about this visit does."""
        a, course = self.appointment, self.appointment.course
        dose = (course.dose, course.dose_basis, course.protocol_version_id, course.prescriber_id) if course else ()
        return packs.mark(a.starts_at, self.chair, self.nurse, a.number, *dose, *self.allergies, *self.alerts)


def visits_of(site, day):
    """The `Visit`s of a site's day in the order in which they begin."""
    begin, end = bounds(site, day)
    rows = Appointment.objects.filter(
        site=site, starts_at__gte=begin, starts_at__lt=end, kind__in=("infusion", "booster"), state__in=STATES
    )
    rows = rows.select_related("patient", "course__protocol_version__protocol", "course__prescriber", "site")
    rows = list(rows.prefetch_related("claims__chair", "claims__user").order_by("starts_at"))
    people = {a.patient.person_id for a in rows}
    allergies, alerts = _allergies(people), _alerts(people)
    return [_visit(a, allergies, alerts) for a in rows]


def _visit(a, allergies, alerts):
    claims = list(a.claims.all())
    version = a.course.protocol_version if a.course else None
    return Visit(
        a,
        next((c.chair.label for c in claims if c.chair_id), ""),
        next((c.user.name for c in claims if c.user_id), ""),
        version_plan(version) if version else None,
        allergies[a.patient.person_id],
        alerts[a.patient.person_id],
        list(version.standingorders.all()) if version else [],
    )


def _allergies(people):
    found = defaultdict(list)
    rows = AllergyStatement.objects.filter(patient__person__in=people, ended_at__isnull=True)
    for row in rows.select_related("patient").order_by("substance"):
        named = f"{row.substance} ({row.reaction})" if row.reaction else row.substance
        found[row.patient.person_id].append("None known" if row.none_known else named)
    return found


def _alerts(people):
    found = defaultdict(list)
    rows = PatientAlert.objects.filter(patient__person__in=people, ended_at__isnull=True)
    for row in rows.select_related("patient").order_by("since"):
        found[row.patient.person_id].append(row.words)
    return found


def marks(visits):
    """Visit -> the hash of what is printed about it."""
    return {str(v.appointment.pk): v.mark for v in visits}


def safe_of(site):
    """The containers that hold something, for the paper ledger."""
    return [line for line in balances(site) if line.container.state in LIVE and line.balance.in_stock > 0]


def packs_of(site, limit=14):
    """The newest packs of a site, and the tries that failed, without their bytes."""
    return list(DowntimePack.objects.filter(site=site).select_related("made_by")[:limit])


def latest(site, day):
    """The newest pack of a day that was made, or None."""
    return DowntimePack.objects.filter(site=site, day=day, problem="").order_by("-made_at").first()


def opening(site, day):
    """When the site opens on this day, or None."""
    spans = hours_of(site).spans(day)
    return spans[0][0] if spans else None


def due_sites(now):
    """[(site, day), ...] whose pack of today is to be made now."""
    due = []
    for site in Site.objects.all():
        day = today_in(site.zone, now)
        failed = DowntimePack.objects.filter(site=site, day=day).exclude(problem="").order_by("-made_at").first()
        made = latest(site, day)
        minutes = site.policy.pack_minutes_before if site.policy else 60
        asked = {"made_at": made and made.made_at, "failed_at": failed and failed.made_at}
        if packs.is_due(opening(site, day), minutes, now, **asked):
            due.append((site, day))
    return due
