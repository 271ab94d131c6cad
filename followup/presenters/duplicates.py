"""Records that may be one person, two of them side by side, and the merges in force."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, OuterRef, Subquery

from clinic import access
from clinic.models import Appointment, Course, Document, DuplicateNote, Patient, PatientMerge
from clinic.queries import duplicates as queries
from clinic.rules.patients import EDITABLE
from clinic.words import clinic_date, local
from followup.queries.records import standing_of
from followup.rules import merging as rules
from intake.models import Packet

A_PAGE = 25
SHOWS = (("likely", "Likely"), ("dismissed", "Two people"), ("merged", "Merged"))
# What clinicians alone may read has no place on a page of administrators.
COMPARED = [name for name in EDITABLE if name not in ("reason", "reason_words")]
GRAVE = [EDITABLE[name] for name in ("family_name", "born_on", "sex")]
COUNTED = (("Visits", Appointment), ("Courses", Course), ("Packets", Packet), ("Documents", Document))


@dataclass(frozen=True)
class Two:
    """A pair as it is listed; `note` is the newest word on it, `merge` the row that made them one."""

    one: Patient
    two: Patient
    why: str = ""
    score: int = 0
    said: str = ""
    note: DuplicateNote | None = None
    merge: PatientMerge | None = None


@dataclass(frozen=True)
class Pairs:
    """One page of pairs."""

    rows: list[Two]
    page_obj: Page
    shown: str
    shows: list[tuple[str, str]]
    may_merge: bool
    proposed: int = 0


def pairs_page(request) -> Pairs:
    """One page of the pairs this reader may see both records of. At most three queries."""
    shown = request.GET.get("show") if request.GET.get("show") in dict(SHOWS) else "likely"
    mine = access.patients_for(request)
    rows = _FOUND[shown](mine)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    made = _likely_rows(page) if shown == "likely" else [_ROW[shown](row) for row in page]
    proposed = sum(pair.said == "proposed" for pair in rows) if shown == "likely" else 0
    return Pairs(made, page, shown, list(SHOWS), rules.can_merge(request.roles), proposed)


_FOUND = {
    "likely": lambda mine: queries.likely_pairs(mine.filter(person=F("pk"))),
    "dismissed": lambda mine: queries.newest_notes(mine, "dismissed"),
    "merged": queries.merges_of,
}
_ROW = {
    "dismissed": lambda note: Two(note.one, note.two, note=note),
    "merged": lambda merge: Two(merge.kept, merge.merged, merge=merge),
}


def _likely_rows(page):
    ids = {pk for pair in page for pk in (pair.one, pair.two)}
    records = Patient.objects.in_bulk(ids)
    return [
        Two(
            records[pair.one],
            records[pair.two],
            pair.reasons,
            pair.score,
            pair.words if pair.said == "proposed" else "",
        )
        for pair in page
    ]


@dataclass(frozen=True)
class Side:
    """One fact of both records. `differs`: both say something, and not the same."""

    label: str
    one: str
    two: str
    is_said: bool = True  # said by the patient, not counted or given by us

    @property
    def differs(self) -> bool:
        """Whether somebody has to look."""
        return self.is_said and bool(self.one and self.two) and self.one.casefold() != self.two.casefold()


@dataclass(frozen=True)
class Compared:
    """Two records side by side, what is in the way of merging them, and what was said of them."""

    one: Patient
    two: Patient
    sides: list[Side]
    items: list
    notes: list[DuplicateNote]
    may_merge: bool
    differing: list[str] = field(default_factory=list)

    @property
    def older(self) -> Patient:
        """The record that was there first: offered as the one that is kept."""
        return min(self.one, self.two, key=lambda record: record.added_at)


def compared(request, one: Patient, two: Patient, at) -> Compared:
    """The compare page of two records. Ten queries."""
    first, second = _with_counts(one), _with_counts(two)
    sides = [Side("Record", one.record_number, two.record_number, False)]
    sides += [Side(EDITABLE[name], _words(one, name), _words(two, name)) for name in COMPARED]
    sides.append(Side("Added", *(_day(record, request.site.zone) for record in (one, two)), False))
    sides += [Side(label, str(getattr(first, label)), str(getattr(second, label)), False) for label, _ in COUNTED]
    in_order = queries.pair_of(one, two)
    notes = DuplicateNote.objects.filter(one=in_order[0], two=in_order[1]).select_related("noted_by")
    clashes = rules.clashes(standing_of(one, at), standing_of(two, at))
    differing = [side.label for side in sides if side.differs and side.label in GRAVE]
    return Compared(one, two, sides, clashes, list(notes), rules.can_merge(request.roles), differing)


def _with_counts(record):
    counts = {
        label: Subquery(
            model.objects.filter(patient=OuterRef("pk"))
            .order_by()
            .values("patient")
            .annotate(n=Count("pk"))
            .values("n"),
            output_field=IntegerField(),
        )
        for label, model in COUNTED
    }
    found = Patient.objects.annotate(**counts).get(pk=record.pk)
    for label in counts:
        setattr(found, label, getattr(found, label) or 0)
    return found


def _words(record, name):
    value = getattr(record, name)
    if name == "born_on":
        return clinic_date(value)
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else value or "")


def _day(record, zone):
    return clinic_date(local(record.added_at, zone))


def records_of(patient: Patient) -> list[PatientMerge]:
    """The merges in force that lead to this record, newest first. One query."""
    return list(queries.merges_of([patient]))
