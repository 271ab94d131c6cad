"""Charts: what is drawn, what is left out, and that no label covers another."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clinic.charts import data, draw
from clinic.charts.placing import Placer, pack, spread
from clinic.charts.spark import runs
from clinic.charts.svg import text_width
from clinic.charts.timeline import Timeline

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 5, 14, 13, 35, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def at(minutes):
    return START + timedelta(minutes=minutes)


def infusion(**changes):
    plain = {
        "start": at(0),
        "end": at(60),
        "zone": ZONE,
        "now": at(40),
        "readings": [data.Reading(at(m), 120 + m, 70 + m, None, 60, 98) for m in (5, 10, 15)],
    }
    return data.Infusion(**(plain | changes))


def drawn(chart, uid="c"):
    return ET.fromstring(draw(chart, uid=uid))  # noqa: S314 - our own text


def paths(root, cls):
    return [e for e in root.iter(f"{SVG}path") if e.get("class") == cls]


def texts(root):
    return ["".join(e.itertext()) for e in root.iter(f"{SVG}text")]


def label_boxes(root):
    """(x1, x2, baseline, words) of every text, with the width the charts reckon with, slightly shrunk."""
    boxes = []
    for e in root.iter(f"{SVG}text"):
        words = "".join(e.itertext())
        wide = text_width(words, float(e.get("font-size") or 12)) * 0.9
        x, y = float(e.get("x")), float(e.get("y"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[e.get("text-anchor")]
        boxes.append((left, left + wide, y, words))
    return boxes


def collisions(root):
    boxes = label_boxes(root)
    return [
        (a[3], b[3])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < 9
    ]


# ---- the infusion chart
def test_a_chart_names_and_describes_itself():
    root = drawn(infusion())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-t c-d"
    assert root.find(f"{SVG}title").text == "Infusion chart"
    said = root.find(f"{SVG}desc").text
    assert "3 readings from 09:40 to 09:50" in said
    assert "America/New_York" in said


def test_without_readings_it_says_so_and_draws_no_line():
    root = drawn(infusion(readings=[]))
    assert "No readings yet" in root.find(f"{SVG}desc").text
    assert paths(root, "c-hr") == []


def test_a_missed_reading_breaks_the_line_and_is_named():
    readings = [data.Reading(at(m), 120, 70, None, 60, 98) for m in (5, 10, 20, 25)]
    readings.append(data.Reading(at(15), missed="cuff off"))
    root = drawn(infusion(readings=readings))
    assert len(paths(root, "c-hr")) == 2
    assert len(paths(root, "c-ox")) == 2
    assert "missed" in texts(root)
    assert "Missed at 09:50: cuff off." in root.find(f"{SVG}desc").text


def test_one_measure_missed_breaks_only_its_own_line():
    readings = [data.Reading(at(m), 120, 70, None, 60, None if m == 10 else 98) for m in (5, 10, 15)]
    root = drawn(infusion(readings=readings))
    assert len(paths(root, "c-hr")) == 1
    assert paths(root, "c-ox") == []


def test_zero_is_a_value_and_none_is_not():
    root = drawn(infusion(scores=[data.ScoreRow("Pain", "0-10", [(at(5), 0)])]))
    assert "0" in texts(root)
    assert drawn(infusion(readings=[data.Reading(at(5), hr=0)])) is not None


def test_missed_in_a_row_share_one_word():
    readings = [data.Reading(at(m), missed="asleep") for m in (5, 10, 15)]
    assert texts(drawn(infusion(readings=readings))).count("3 missed") == 1


def test_a_correction_shows_both_values():
    root = drawn(infusion(readings=[data.Reading(at(10), 169, 98, None, 77, 96, was={"sys": 196})]))
    struck = [e.text for e in root.iter(f"{SVG}tspan") if e.get("text-decoration") == "line-through"]
    assert struck == ["196"]
    assert "196 corrected to 169" in texts(root)


def test_a_value_beyond_the_scale_is_clipped_with_its_number():
    root = drawn(infusion(readings=[data.Reading(at(10), 231, 98, None, 34, 62)]))
    said = texts(root)
    assert {"231", "34", "62"} <= set(said)
    assert "200" in said
    assert "240" not in said


def test_levels_are_drawn_by_shape_as_the_rules_say():
    root = drawn(
        infusion(readings=[data.Reading(at(10), 190, 98, None, 77, 88, levels={"sys": "caution", "spo2": "alarm"})])
    )
    assert len(paths(root, "c-alarm-f")) == 2  # one mark, one in the legend
    assert len(paths(root, "c-caution-f")) == 2
    assert paths(drawn(infusion()), "c-alarm-f") == []


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (data.Limit("sys", "alarm", 180, reached=True), "alarm \u2265 180"),
        (data.Limit("sys", "caution", 152), "caution > 152"),
        (data.Limit("spo2", "alarm", 90, "below"), "alarm < 90"),
        (data.Limit("dia", "baseline", 78), "baseline 78"),
    ],
)
def test_each_limit_is_labelled_with_its_number(limit, words):
    assert words in texts(drawn(infusion(limits=[limit])))


def test_every_drug_has_its_own_row_with_its_unit():
    drugs = [
        data.DrugRow("Ketamine", "mg/kg/h", [data.Rate(at(10), Decimal("0.125"))]),
        data.DrugRow("Lidocaine", "mg/h", [data.Rate(at(12), 90)]),
    ]
    root = drawn(infusion(drugs=drugs))
    assert {"Ketamine", "mg/kg/h", "0.125", "Lidocaine", "mg/h", "90"} <= set(texts(root))
    assert float(root.get("height")) == float(drawn(infusion()).get("height")) + 68


def test_names_are_escaped_everywhere():
    bad = '<script>alert("x")</script>'
    chart = infusion(
        drugs=[data.DrugRow(bad, bad, [data.Rate(at(10), 1, bad)])],
        given=[data.Mark(at(10), bad)],
        rule=bad,
        title=bad,
        readings=[data.Reading(at(5), missed=bad)],
        phases=[data.Phase("infusing", at(0), at(60), label=bad)],
    )
    svg = draw(chart, uid='"><b>')
    assert "<script" not in svg
    assert "<b>" not in svg
    assert ET.fromstring(svg) is not None  # noqa: S314 - our own text


def test_crowded_labels_never_cover_one_another():
    events = [data.Mark(at(20 + i), f"event number {i}") for i in range(9)]
    given = [data.Mark(at(30 + i % 2), f"a drug with a long name {i} 4 mg IV") for i in range(5)]
    readings = [
        data.Reading(at(2 * m), 150 + m, 80, None, 70, 95, was={"sys": 190} if m % 3 == 0 else {}) for m in range(12)
    ]
    limits = [
        data.Limit(measure, kind, value)
        for measure, kind, value in (
            ("sys", "alarm", 180),
            ("sys", "caution", 178),
            ("sys", "baseline", 176),
            ("dia", "baseline", 175),
        )
    ]
    drugs = [data.DrugRow("Ketamine", "mg/h", [data.Rate(at(3 * i), i % 4 + 1, "note") for i in range(15)])]
    root = drawn(
        infusion(
            events=events,
            given=given,
            readings=readings,
            limits=limits,
            drugs=drugs,
            scores=[data.ScoreRow("Pain", "0-10", [(at(i), 10) for i in range(30)])],
        )
    )
    assert collisions(root) == []


def test_the_collision_check_sees_a_collision():
    words = '<text x="5" y="5" text-anchor="start">one</text><text x="9" y="6" text-anchor="start">two</text>'
    two = f'<svg xmlns="http://www.w3.org/2000/svg">{words}</svg>'
    assert collisions(ET.fromstring(two)) == [("one", "two")]  # noqa: S314 - our own text


def test_labels_do_not_cross_the_now_line():
    assert pack([(200, 200, "a long label here")], 0, 400, bar=250)[0].anchor == "end"
    assert pack([(200, 200, "short")], 0, 400, bar=300)[0].anchor == "start"


def test_the_axis_reads_the_clock_of_its_zone():
    early = texts(drawn(infusion()))
    chicago = texts(drawn(infusion(zone=ZoneInfo("America/Chicago"))))
    assert "10:00" in early
    assert "09:00" in chicago


def test_midnight_is_named_by_its_date():
    night = datetime(2026, 5, 15, 3, 30, tzinfo=UTC)
    chart = infusion(start=night, end=night + timedelta(hours=1), now=None, readings=[])
    assert "15-May" in texts(drawn(chart))


def test_an_hour_lost_to_daylight_saving_keeps_true_distances():
    start = datetime(2026, 3, 8, 6, 0, tzinfo=UTC)  # 01:00 in New York, clocks go from 02:00 to 03:00 at 07:00 UTC
    line = Timeline(start, start + timedelta(hours=2), ZONE, 0, 120)
    named = [(line.label(moment), round(line.x(moment))) for moment, is_named in line.ticks() if is_named]
    assert named[0] == ("01:00", 0)
    assert ("03:00", 60) in named
    assert named[-1] == ("04:00", 120)


@pytest.mark.parametrize("hours", [1, 4, 10, 24, 96, 24 * 20])
def test_any_length_keeps_its_labels_apart(hours):
    chart = infusion(end=START + timedelta(hours=hours), now=None, readings=[])
    assert collisions(drawn(chart)) == []


def test_the_axis_is_widened_to_hold_late_entries():
    root = drawn(infusion(events=[data.Mark(at(180), "late entry")], now=None))
    assert "late entry" in texts(root)
    assert "12:30" in texts(root)


def test_every_mark_has_a_print_colour_and_a_class():
    svg = draw(infusion(phases=[data.Phase("paused", at(0), at(20))]), uid="c")
    for tag in re.findall(r"<(?:path|circle|rect|line)[^>]*>", svg):
        assert "fill=" in tag or "stroke=" in tag
        assert "class=" in tag
    assert "style=" not in svg


# ---- relief
DAY = date(2026, 1, 3)


def relief(**changes):
    plain = {
        "start": DAY,
        "end": DAY + timedelta(days=60),
        "today": DAY + timedelta(days=50),
        "baseline": Decimal("7.2"),
    }
    return data.Relief(**(plain | changes))


def test_reports_are_joined_only_when_near_and_never_across_an_infusion():
    days = [1, 2, 3, 10, 11, 12]
    reports = [data.Report(DAY + timedelta(days=d), 5) for d in days]
    assert len(paths(drawn(relief(reports=reports)), "c-bp")) == 2
    parted = relief(reports=reports, infusions=[data.Dose("1", DAY + timedelta(days=11))])
    assert len(paths(drawn(parted), "c-bp")) == 3 - 1  # 10 stands alone now, 11 and 12 are joined
    assert len(list(drawn(parted).iter(f"{SVG}circle"))) == len(days) + 1


def test_appointments_for_other_help_stand_on_the_axis_attended_or_missed():
    svg = drawn(relief(beside=[(DAY, True), (DAY + timedelta(days=7), False)]))
    assert "other help: attended, missed" in texts(svg)
    assert "other help: attended, missed" not in texts(drawn(relief()))


def test_relief_levels_are_worked_out_from_the_baseline():
    said = texts(drawn(relief()))
    assert "Baseline 7.2" in said
    assert "5 or less" in said
    assert "3.6 or less" in said


def test_without_a_baseline_no_level_is_drawn():
    assert not [words for words in texts(drawn(relief(baseline=None))) if "relief" in words]


def test_infusions_on_days_in_a_row_stand_above_one_another():
    doses = [data.Dose(str(n), DAY + timedelta(days=20 + n), "40 mg") for n in range(1, 6)]
    root = drawn(
        relief(
            infusions=doses, end=DAY + timedelta(days=150), window=(DAY + timedelta(days=30), DAY + timedelta(days=37))
        )
    )
    assert collisions(root) == []
    assert {"1", "2", "3", "4", "5"} <= set(texts(root))


def test_a_silent_time_is_said():
    reports = [data.Report(DAY + timedelta(days=d), 5) for d in (1, 2, 30, 31)]
    assert "no reports" in texts(drawn(relief(reports=reports)))


# ---- survival, duration, spark
def survival(**changes):
    return data.Survival(
        **(
            {
                "steps": [data.Step(7, 0.5, 0.3, 0.7), data.Step(21, 0.2, 0.1, 0.4, since=14)],
                "n": 20,
                "ended": 16,
                "median": 7,
            }
            | changes
        )
    )


def test_interval_censored_falls_are_boxes():
    boxes = [e for e in drawn(survival()).iter(f"{SVG}rect") if e.get("class") == "c-box"]
    assert len(boxes) == 1
    assert drawn(survival(steps=[data.Step(7, 0.5)])).find(f".//{SVG}path[@class='c-soft']") is None


def test_the_curve_says_n_and_its_interval():
    said = drawn(survival(median_low=5, median_high=12)).find(f"{SVG}desc").text
    assert "20 infusions" in said
    assert "Median 7 days, 95 % interval 5 to 12 days" in said
    assert "no median yet" in drawn(survival(median=None)).find(f"{SVG}desc").text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "Too few"),
        (0, 0, "not reached"),
        (17, None, "Still there on day 17"),
        (21, 26, "between day 21 and day 26"),
    ],
)
def test_a_duration_is_said_in_words(low, high, words):
    assert words in drawn(data.Duration(low, high, "x")).find(f"{SVG}desc").text


def test_a_spark_keeps_its_gap_and_never_marks_a_missed_last_reading():
    gap = drawn(data.Spark([97, 96, None, 95, 94], "SpO2"))
    assert len(paths(gap, "c-ink")) == 2
    ends = drawn(data.Spark([97, 96, None], "SpO2"))
    assert list(ends.iter(f"{SVG}circle")) == []
    assert "missed" in ends.find(f"{SVG}desc").text
    assert "No reading yet" in drawn(data.Spark([], "SpO2")).find(f"{SVG}desc").text


def test_nothing_else_is_drawn():
    with pytest.raises(TypeError):
        draw("a string", uid="x")


# ---- placing
def test_spread_keeps_order_and_distance():
    assert spread([100, 101, 102], 13, 0, 200) == [100, 113, 126]
    assert spread([195, 198, 190], 13, 0, 200) == [187, 200, 174]


def test_a_placer_gives_each_place_once():
    places = Placer()
    box = (0, 0, 10, 10)
    assert places.place([box]) == box
    assert places.place([box]) is None
    assert places.place([box, (10, 0, 20, 10)]) == (10, 0, 20, 10)


def test_runs_never_bridge_a_gap():
    assert list(runs([(1, 5), (2, None), (3, 6), (4, 7)])) == [[(1, 5)], [(3, 6), (4, 7)]]
