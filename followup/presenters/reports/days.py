"""Day figures: what each day held, and how full the chairs were."""

from clinic.charts import data as charts
from clinic.words import clinic_date
from followup.presenters.reports.tables import Head, Report, Table, amount
from followup.presenters.reports.visits import spans_of
from followup.queries.reports.days import Day, days_in
from followup.queries.reports.scope import Scope

SAFE = (
    ("came", "Came", lambda d: d.came),
    ("did_not_come", "Did not come", lambda d: d.missed),
    ("infusions", "Infusions", lambda d: d.infusions),
    ("boosters", "of them boosters", lambda d: d.boosters),
    ("chair_hours", "Chair hours held", lambda d: round(d.chair_hours, 1)),
    ("open_hours", "Chair hours open", lambda d: round(d.open_hours, 1)),
    ("unsigned", "Charts not signed", lambda d: d.unsigned),
)
CLINICAL = (
    ("side_effects", "Side effects", lambda d: d.effects),
    ("alarms", "Alarms", lambda d: d.alarms),
)
SHOWN_DAYS = 45
NEWEST = f"The newest {SHOWN_DAYS} days stand here; the sums and the file have all."
NOTE = (
    "Chair hours held are those of visits with their preparation and recovery, visits called off left out; open are "
    "the chairs in use today times the opening hours of the day. Days that were closed and empty are left out."
)


def days_report(scope: Scope) -> Report:
    """Day by day, with the sums."""
    days = [day for day in days_in(scope) if not day.is_empty]
    if not days:
        return Report("Nothing happened in this period, and the site was closed.", ())
    columns = (*SAFE, *CLINICAL) if scope.clinical else SAFE
    return Report(_sentence(days), [_chart_table(scope, days), _days(days, columns)])


def _sentence(days: list[Day]) -> str:
    infusions = sum(day.infusions for day in days)
    held, opened = sum(day.chair_hours for day in days), sum(day.open_hours for day in days)
    full = (
        f"; chairs were held for {amount(held)} of {amount(opened)} open hours ({held / opened * 100:.0f} %)"
        if opened
        else ""
    )
    noun = "infusion" if infusions == 1 else "infusions"
    on = sum(day.infusions > 0 for day in days)
    return f"{infusions} {noun} on {on} {'day' if on == 1 else 'days'}{full}."


def _chart_table(scope: Scope, days: list[Day]) -> Table:
    spans, labels = spans_of(scope)
    within = [[day for day in days if first <= day.day <= last] for first, last in spans]
    boosters = [sum(day.boosters for day in found) for found in within]
    series = [sum(day.infusions for day in found) - count for found, count in zip(within, boosters, strict=True)]
    rows = list(zip(labels, series, boosters, strict=True))
    head = (Head("From"), Head("Infusions of a series", True), Head("Boosters", True))
    return Table(
        "infusions", "Infusions over time", head, [[str(cell) for cell in row] for row in rows],
        ("from", "series", "boosters"),
        [[first.isoformat(), *row[1:]] for (first, _), row in zip(spans, rows, strict=True)],
        chart=charts.Columns(labels, [("of a series", series), ("boosters", boosters)], "Infusions over time"),
    )  # fmt: skip


def _days(days: list[Day], columns) -> Table:
    head = (Head("Day"), *(Head(words, True) for _, words, _ in columns), Head("Day close"))
    rows = [
        [f"{day.day:%a} {clinic_date(day.day)}", *(amount(of(day)) for _, _, of in columns), day.closed or "open"]
        for day in days[: -SHOWN_DAYS - 1 : -1]
    ]
    sums = ["All", *(amount(sum(of(day) for day in days)) for _, _, of in columns), ""]
    return Table(
        "days", "Day by day", head, [sums, *rows], ("day", *(name for name, _, _ in columns), "day_close"),
        [[day.day.isoformat(), *(of(day) for _, _, of in columns), day.closed] for day in days],
        note=NOTE if len(days) <= SHOWN_DAYS else f"{NEWEST} {NOTE}",
    )  # fmt: skip
