"""Charts drawn on the server: data in, SVG text out, no JavaScript. The same picture serves page, print and PDF.

`draw(data, uid="inf1")` takes any dataclass of `clinic.charts.data` and returns SVG text, every text in it escaped.
A missing value breaks the line and stays a gap; scales are fixed; levels come from the rules.
"""

from clinic.charts import data as kinds
from clinic.charts.beside import beside_chart
from clinic.charts.body import body_map
from clinic.charts.columns import columns_chart
from clinic.charts.days import Days, days_chart
from clinic.charts.estimates import estimates_chart
from clinic.charts.infusion import infusion_chart
from clinic.charts.relief import relief_chart
from clinic.charts.spark import duration_bar, interval_bar, sparkline
from clinic.charts.survival import survival_chart

DRAWERS = {
    kinds.Infusion: infusion_chart,
    kinds.Relief: relief_chart,
    kinds.Survival: survival_chart,
    kinds.Duration: duration_bar,
    kinds.Spark: sparkline,
    kinds.Interval: interval_bar,
    kinds.Body: body_map,
    kinds.Beside: beside_chart,
    kinds.Estimates: estimates_chart,
    kinds.Columns: columns_chart,
    Days: days_chart,
}

__all__ = [
    "beside_chart",
    "body_map",
    "columns_chart",
    "days_chart",
    "draw",
    "duration_bar",
    "estimates_chart",
    "infusion_chart",
    "interval_bar",
    "relief_chart",
    "sparkline",
    "survival_chart",
]


def draw(data, *, uid):
    """SVG text of this chart; TypeError for anything that is no chart."""
    try:
        drawer = DRAWERS[type(data)]
    except KeyError:
        raise TypeError(f"no chart is drawn from {type(data).__name__}") from None
    return drawer(data, uid=uid)
