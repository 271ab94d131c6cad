"""The curve in a progress letter: kept as plain values when the letter is drafted, drawn from them ever after.

So the drawing on the signed paper stays what the prescriber has read, whatever is reported later.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from clinic.charts import data as charts
from followup.models import ProgressLetter
from followup.presenters.relief import chart_of
from followup.queries.relief import Followed

FEWEST = 2  # reports: one dot is no curve


def kept_curve(followed: Followed, today: date, beside: list[tuple[date, str]] = ()) -> dict:
    """What the curve is drawn from, as JSON holds it; empty while there are too few reports for one."""
    chart = replace(chart_of(followed, today, None, beside), end=today)
    if len(chart.reports) < FEWEST:
        return {}
    return {
        "start": chart.start.isoformat(),
        "end": chart.end.isoformat(),
        "reports": [[one.day.isoformat(), str(one.value)] for one in chart.reports],
        "infusions": [[one.label, one.day.isoformat(), one.words] for one in chart.infusions],
        "baseline": None if chart.baseline is None else str(chart.baseline),
        "baseline_words": chart.baseline_words,
        "title": chart.title,
        "report_words": chart.report_words,
        "beside": [[day.isoformat(), kept] for day, kept in chart.beside],
    }


def drawn_curve(letter: ProgressLetter) -> charts.Relief | None:
    """The chart of a letter; None where it has none, or goes out without figures."""
    kept = letter.curve
    if not kept or not letter.with_figures:
        return None
    end = date.fromisoformat(kept["end"])
    return charts.Relief(
        start=date.fromisoformat(kept["start"]),
        end=end,
        today=end + timedelta(days=1),  # off the paper: it is read on another day
        reports=[charts.Report(date.fromisoformat(day), Decimal(value)) for day, value in kept["reports"]],
        infusions=[charts.Dose(label, date.fromisoformat(day), said) for label, day, said in kept["infusions"]],
        baseline=None if kept["baseline"] is None else Decimal(kept["baseline"]),
        baseline_words=kept["baseline_words"],
        title=kept["title"],
        report_words=kept["report_words"],
        beside=[(date.fromisoformat(day), is_kept) for day, is_kept in kept["beside"]],
    )
