"""Side effects with how they went on: of one session, of one event, and the list of a site."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Prefetch, Q

from sessions.models import AdverseReport, Entry, EventFollowUp
from sessions.rules import adverse as rules

# How far back the site's list goes for events that are over; those that are not over are listed however old.
LIST_DAYS = 90
PEOPLE = (
    "session__patient",
    "session__site",
    "session__chair",
    "session__appointment",
    "session__protocol_version__protocol",
    "session__responsible_nurse",
    "session__responsible_prescriber",
)


@dataclass
class Event:
    """One side effect as it counts now: `root` is the first entry of its chain, `entry` the last correction.

    `report` None: none was begun; `follow_ups` oldest first.
    """

    root: Entry
    entry: Entry
    follow_ups: list = field(default_factory=list)
    report: AdverseReport | None = None

    @property
    def detail(self):
        return self.entry.detail

    @property
    def course(self):
        """Whether it is over, since when, and the last word on it."""
        return rules.course(self.detail.resolved_at, [(f.seen_at, f.status) for f in self.follow_ups])

    @property
    def needs_report(self):
        """A serious one whose report nobody has signed."""
        return self.detail.serious and not (self.report and self.report.is_signed)

    @property
    def needs_asking(self):
        """Somebody must ask again after the patient has left."""
        return rules.needs_asking(severity=self.detail.severity, serious=self.detail.serious, over=self.course.over)

    def report_due_at(self):
        """When its report is due: from the report, else from when the event was charted."""
        return self.report.due_at if self.report else self.root.received_at + rules.REPORT_WITHIN


def events_of(session):
    """All events of a session that count, in the order they began. Two queries."""
    return _events(_rows().filter(session=session))


def event_of(entry_id):
    """The event that an entry belongs to, whichever of its corrections is named; None when it was struck out."""
    named = Entry.objects.filter(pk=entry_id, kind="side_effect").values_list("session", flat=True).first()
    if named is None:
        return None
    rows = _events(_rows().filter(session=named))
    chains = _chains(Entry.objects.filter(session=named, kind="side_effect"))
    return next((event for event in rows if event.root.pk == chains.get(entry_id)), None)


def by_id(entry_id):
    """The side-effect entry of an id as a queryset, for the access door."""
    return Entry.objects.filter(pk=entry_id, kind="side_effect").select_related(
        "session__patient", "session__site", "session__chair"
    )


def events_at(sites, *, now):
    """Events at these sites: of the last 90 days, and older ones that are serious or unresolved; newest first."""
    since = now - timedelta(days=LIST_DAYS)
    unresolved = Q(sideeffect__resolved_at__isnull=True) & ~Q(sideeffect__severity="mild")
    told = Q(observed_at__gte=since) | Q(sideeffect__serious=True) | unresolved
    sessions = Entry.objects.filter(kind="side_effect", session__site__in=sites).filter(told).values("session")
    rows = _events(_rows().filter(session__in=sessions))
    kept = [e for e in rows if e.entry.observed_at >= since or e.needs_report or e.needs_asking]
    return sorted(kept, key=lambda e: e.entry.observed_at, reverse=True)


def _rows():
    follow_ups = EventFollowUp.objects.select_related("recorded_by").order_by("seen_at", "recorded_at")
    return (
        Entry.objects.filter(kind="side_effect")
        .select_related("sideeffect", "recorded_by", "adverse_report__signed_by", *PEOPLE)
        .prefetch_related(Prefetch("follow_ups", queryset=follow_ups))
        .order_by("seq")
    )


def _events(rows):
    rows = list(rows)
    by_id, made = {row.pk: row for row in rows}, []
    chains = _chains(rows)
    superseded = {row.supersedes_id for row in rows}
    members = {}
    for row in rows:
        members.setdefault(chains[row.pk], []).append(row)
    for row in rows:
        if row.role == "strike" or row.pk in superseded:
            continue
        made.append(_event(by_id[chains[row.pk]], row, members[chains[row.pk]]))
    return sorted(made, key=lambda e: (e.detail.onset_at or e.entry.observed_at, e.entry.seq))


def _event(root, last, chain):
    follow_ups = sorted((f for row in chain for f in row.follow_ups.all()), key=lambda f: (f.seen_at, f.recorded_at))
    report = next((row.adverse_report for row in chain if hasattr(row, "adverse_report")), None)
    return Event(root, last, follow_ups, report)


def _chains(rows):
    """Entry id -> id of the first entry of its chain of corrections."""
    before = {row.pk: row.supersedes_id for row in rows}
    found = {}
    for pk in before:
        root = pk
        while before.get(root):
            root = before[root]
        found[pk] = root
    return found
