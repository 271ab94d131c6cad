"""The legend and the limits under a chart: every word is within the picture, none lies on another."""

from types import SimpleNamespace

import pytest

from clinic.charts import legend
from clinic.charts.svg import SMALL, text_width

LEVELS = SimpleNamespace(levels={"spo2": "alarm", "systolic": "caution"}, was={"systolic": 196})
CALM = SimpleNamespace(levels={}, was={})
STRUCK = SimpleNamespace(struck=True)
RULE = (
    "systolic alarm below 90 or above 180; systolic caution below 100 or above 151; SpO\u2082 alarm below 90; "
    "SpO\u2082 caution below 94; heart rate alarm below 40 or above 140"
)


def names(reading, *marks):
    return legend.names_of(SimpleNamespace(given=marks, events=()), [reading])


def test_only_what_the_chart_shows_is_named():
    assert names(CALM) == [*legend.ALWAYS, legend.MISSED]
    assert names(LEVELS, STRUCK) == [
        *legend.ALWAYS, "caution", "alarm", legend.MISSED, legend.CORRECTED, legend.STRUCK,
    ]  # fmt: skip


@pytest.mark.parametrize("width", [300, 510, 700, 788, 1200])
def test_every_word_is_within_the_picture_and_none_lies_on_another(width):
    places = legend.placed(names(LEVELS, STRUCK), width)
    ends = [(line, x + legend.TEXT + text_width(name, SMALL)) for name, x, line in places]
    assert all(end <= width for _, end in ends)
    for (_, x, line), (before, end) in zip(places[1:], ends, strict=False):
        assert line > before or x > end


def test_a_long_rule_goes_on_in_lines_of_its_own():
    lines = legend.ruled(RULE, 788)
    assert len(lines) == 2
    assert " ".join(lines) == f"Limits: {RULE}"
    assert all(text_width(line, SMALL) <= 788 for line in lines)
    assert legend.ruled("", 788) == []
    assert legend.ruled("x" * 300, 788) == [f"Limits: {'x' * 300}"], "one word is never cut"
