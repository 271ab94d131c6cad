"""No-shows and visits called off."""

from calendar import day_name

from clinic.charts import data as charts
from clinic.models import END_CODES, Appointment
from clinic.words import MONTHS
from followup.presenters.reports.tables import Head, Report, Table, said, shares
from followup.queries.reports.scope import Scope
from followup.queries.reports.visits import Visit, unsettled_in, visits_in
from followup.rules.reports import LEADS, buckets, counted, is_by_week, lead, share

KINDS = dict(Appointment.KINDS)
REASONS = dict(END_CODES) | {"": "Not asked"}
SHORT_NOTICE_HOURS = 24
RATES = "The share is of visits that were to take place: visits called off beforehand are not in it."


def visits_report(scope: Scope) -> Report:
    """How many did not come, when, and why visits were called off."""
    visits = visits_in(scope)
    if not visits:
        return Report("No visit has come and gone in this period.", ())
    due = [visit for visit in visits if visit.took_place_or_not]
    tables = [_over_time(scope, visits), *_missed(scope, due), _called_off(visits), *_reasons(visits)]
    missed = share((visit.person, not visit.came) for visit in due)
    return Report(f"Missed: {said(missed, 'visits')}.", tables, _notes(scope))


def _notes(scope: Scope) -> list[str]:
    count = unsettled_in(scope)
    if not count:
        return []
    visits = "1 visit is" if count == 1 else f"{count} visits are"
    return [f"{visits} over and still stand as booked: say on the schedule how they went, then they count here."]


def spans_of(scope: Scope) -> tuple[list, list[str]]:
    """The weeks or months of a period up to today, and their labels: a week by its first day, a month by its name."""
    last = min(scope.last, scope.day(scope.now))
    spans, by_week = buckets(scope.first, last), is_by_week(scope.first, last)
    return spans, [_label(first, by_week) for first, _ in spans]


def _label(first, by_week: bool) -> str:
    month = MONTHS[first.month - 1]
    return f"{first.day}-{month}" if by_week else f"{month} {first.year}"


def _over_time(scope: Scope, visits: list[Visit]) -> Table:
    spans, labels = spans_of(scope)
    kinds = (("came", lambda v: v.came), ("did not come", lambda v: v.state == "no_show"),
             ("called off", lambda v: v.state == "cancelled"))  # fmt: skip
    within = [[v for v in visits if first <= v.day <= last] for first, last in spans]
    series = [(name, [sum(1 for v in found if of(v)) for found in within]) for name, of in kinds]
    rows = [[label, *(counts[n] for _, counts in series)] for n, label in enumerate(labels)]
    head = (Head("From"), *(Head(name.capitalize(), True) for name, _ in series))
    return Table(
        "over-time", "Visits over time", head, [[str(cell) for cell in row] for row in rows],
        ("from", "came", "did_not_come", "called_off"),
        [[first.isoformat(), *row[1:]] for (first, _), row in zip(spans, rows, strict=True)],
        chart=charts.Columns(labels, series, "Visits over time"),
    )  # fmt: skip


def _missed(scope: Scope, due: list[Visit]) -> list[Table]:
    found = [
        _rates("by-weekday", "Missed, by day of the week", "Day", due, lambda v: v.day.weekday(), range(7),
               lambda n: day_name[n]),
        _rates("by-lead", "Missed, by how long before it was booked", "Booked before", due,
               lambda v: lead(v.booked_days), [words for _, words in LEADS], str),
    ]  # fmt: skip
    if scope.clinical:
        by_kind = _rates("by-kind", "Missed, by kind of visit", "Kind", due, lambda v: v.kind, KINDS, KINDS.get)
        found.insert(0, by_kind)
    return found


def _rates(key, title, what, due, group_of, order, words) -> Table:
    groups = {name: [v for v in due if group_of(v) == name] for name in order}
    rows = [(words(name), share((v.person, not v.came) for v in found)) for name, found in groups.items() if found]
    return shares(key, title, what, rows, note=RATES)


def _called_off(visits: list[Visit]) -> Table:
    off = [v for v in visits if v.state == "cancelled"]
    late = [(v.person, v.notice_hours < SHORT_NOTICE_HOURS) for v in off if v.notice_hours is not None]
    rows = [("Called off, of all visits", share((v.person, v.state == "cancelled") for v in visits))]
    rows += [(f"Of these, less than {SHORT_NOTICE_HOURS} hours before", share(late))] if late else []
    return shares("called-off", "Visits called off", "What", rows)


def _reasons(visits: list[Visit]) -> list[Table]:
    found = []
    for state, title in (("no_show", "Why they did not come"), ("cancelled", "Why visits were called off")):
        counts = counted(v.reason for v in visits if v.state == state)
        if counts:
            head = (Head("Reason"), Head("Visits", True))
            rows = [[REASONS.get(code, code), count] for code, count in counts]
            shown = [[words, str(count)] for words, count in rows]
            found.append(Table(f"why-{state.replace('_', '-')}", title, head, shown, ("reason", "visits"), rows))
    return found
