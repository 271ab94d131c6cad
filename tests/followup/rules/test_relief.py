"""Truth tables of relief episodes."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from followup.rules import relief
from followup.rules.relief import CUT_OFF, LOST, NO_RESPONSE, STILL, TOO_FEW, Baseline, Infusion, Report, Span

DAY0 = date(2026, 3, 2)


def infusion(label="1", on=0, hour=14):
    day = DAY0 + timedelta(days=on)
    end = datetime.combine(day, time(hour), UTC)
    return Infusion(label, day, end, end - timedelta(hours=1))


def reports(values, hour=20, gone=()):
    """{day: value} as reports at 20:00 UTC."""
    made = []
    for offset, value in values.items():
        day = DAY0 + timedelta(days=offset)
        made.append(Report(datetime.combine(day, time(hour), UTC), day, Decimal(value), offset in gone))
    return made


BASE = Baseline(Decimal("8.0"), "diary", 10)  # 30 %: 5.6 or less; 50 %: 4.0 or less

SPANS = [
    # what happened, reports, gone on, next infusion on day, ending, low, high, in doubt, single
    ("two reports in a row above the line end it", {1: 3, 5: 5, 9: 6, 12: 7}, (), None, LOST, 5, 9, False, False),
    ("one odd report does not", {1: 3, 5: 8, 9: 5, 12: 5}, (), None, STILL, 12, None, False, False),
    ("the last one above the line is only a doubt", {1: 3, 5: 5, 9: 7}, (), None, STILL, 5, None, True, False),
    ("one report and the word gone end it", {1: 3, 5: 5, 9: 7}, (9,), None, LOST, 5, 9, False, False),
    ("the word gone with a good score does not", {1: 3, 5: 5}, (5,), None, STILL, 5, None, False, False),
    ("still there", {1: 3, 20: 5}, (), None, STILL, 20, None, False, False),
    ("cut off by the next infusion", {1: 3, 5: 4, 30: 8, 31: 8}, (), 7, CUT_OFF, 5, None, False, False),
    ("cut off in doubt", {1: 3, 5: 4, 6: 8}, (), 7, CUT_OFF, 5, None, True, False),
    ("no response", {1: 8, 5: 7, 9: 8}, (), None, NO_RESPONSE, 0, 0, False, False),
    ("exactly at the line counts", {1: "5.6", 5: "5.6"}, (), None, STILL, 5, None, False, False),
    ("late onset still counts", {1: 8, 3: 7, 6: 5, 9: 5}, (), None, STILL, 9, None, False, False),
    (
        "an onset after 14 days is not this infusion's",
        {1: 8, 3: 7, 15: 2, 18: 2},
        (),
        None,
        NO_RESPONSE,
        0,
        0,
        False,
        False,
    ),
    ("one bad report alone says nothing", {1: 8}, (), None, TOO_FEW, None, None, False, False),
    ("no report at all", {}, (), None, TOO_FEW, None, None, False, False),
    ("reports before the infusion are not its own", {-3: 2, -1: 2}, (), None, TOO_FEW, None, None, False, False),
    ("a single good report, then lost", {1: 3, 2: 8, 3: 8}, (), None, LOST, 1, 2, False, True),
    ("zero is a value", {1: 0, 2: 0}, (), None, STILL, 2, None, False, False),
    ("the evening of the infusion counts", {0: 2, 1: 8, 2: 8}, (), None, LOST, 0, 1, False, True),
]


@pytest.mark.parametrize(
    ("values", "gone", "following", "ending", "low", "high", "doubt", "single"),
    [row[1:] for row in SPANS],
    ids=[row[0] for row in SPANS],
)
def test_how_relief_of_30_percent_ended(values, gone, following, ending, low, high, doubt, single):
    given = [infusion()] + ([infusion("2", following)] if following else [])
    span = relief.episodes(given, reports(values, gone=gone), BASE)[0].spans[30]
    assert span == Span(30, ending, low, high, doubt, single)


def test_levels_end_apart():
    episode = relief.episodes([infusion()], reports({1: 3, 4: 4, 6: 5, 8: 5, 10: 7, 11: 7}), BASE)[0]
    assert (episode.spans[50].low, episode.spans[50].high) == (4, 6)
    assert (episode.spans[30].low, episode.spans[30].high) == (8, 10)


def test_onset_and_best_change():
    episode = relief.episodes([infusion()], reports({0: 8, 2: 5, 4: 2, 9: 6}), BASE)[0]
    assert (episode.onset_day, episode.best_day, episode.best_change, episode.best_percent) == (2, 4, Decimal(6), 75)
    assert episode.reports == 4


def test_burden_above_baseline_is_a_negative_change():
    episode = relief.episodes([infusion()], reports({1: 9, 2: 10}), BASE)[0]
    assert (episode.best_change, episode.best_percent, episode.onset_day) == (Decimal(-1), -13, None)


def test_several_reports_of_a_day_are_one_the_latest():
    first, last = reports({1: 8}, hour=9), reports({1: 2}, hour=21)
    assert [r.value for r in relief.one_a_day([*last, *first])] == [Decimal(2)]


def test_gone_said_earlier_the_same_day_stays_said():
    assert relief.one_a_day([*reports({1: 8}, hour=9, gone=(1,)), *reports({1: 8}, hour=21)])[0].said_gone


BASELINES = [
    ("seven diary days before the first infusion", dict.fromkeys(range(-7, 0), 7), "5", (Decimal("7.0"), "diary", 7)),
    ("six are too few: the packet's average", dict.fromkeys(range(-6, 0), 7), "5", (Decimal("5.0"), "packet", 0)),
    ("days long ago do not count", dict.fromkeys(range(-30, -20), 7), "5.25", (Decimal("5.3"), "packet", 0)),
    (
        "reports after it never move it",
        dict.fromkeys([*range(-7, 0), 3, 4, 5], 7) | {3: 0, 4: 0},
        None,
        (Decimal("7.0"), "diary", 7),
    ),
    ("neither", {}, None, (None, "unknown", 0)),
    ("a packet of zero is a value", {}, "0", (Decimal("0.0"), "packet", 0)),
]


@pytest.mark.parametrize(
    ("values", "packet", "expected"), [row[1:] for row in BASELINES], ids=[row[0] for row in BASELINES]
)
def test_baseline(values, packet, expected):
    found = relief.baseline(reports(values), infusion(), None if packet is None else Decimal(packet))
    assert (found.value, found.source, found.days) == expected


def test_a_baseline_of_zero_or_none_gives_no_percentages():
    for base in (Baseline(Decimal(0), "packet"), Baseline(None, "unknown")):
        episode = relief.episodes([infusion()], reports({1: 0, 2: 0}), base)[0]
        assert episode.spans[30].ending == TOO_FEW
        with pytest.raises(ValueError):
            base.threshold(30)


def test_low_baseline_is_marked():
    assert Baseline(Decimal("2.9"), "diary").is_low
    assert not BASE.is_low


def test_too_few_reports_have_no_interval_for_an_estimate():
    with pytest.raises(ValueError, match="too few"):
        _ = Span(30, TOO_FEW).interval
    assert Span(30, NO_RESPONSE, 0, 0).interval == (0, 0)
    assert Span(30, STILL, 12).interval == (12, None)


def test_consecutive_days_are_one_block_counted_from_the_last():
    given = [infusion("1", 0), infusion("2", 1), infusion("3", 3), infusion("4", 20)]
    blocks = relief.join_consecutive(given)
    assert [b.label for b in blocks] == ["1–3", "4"]
    assert blocks[0].day == DAY0 + timedelta(days=3)
    assert blocks[0].begins == given[0].begins


def test_reports_inside_a_block_belong_to_no_episode():
    block = relief.join_consecutive([infusion("1", 0), infusion("2", 1)])
    assert relief.episodes(block, reports({0: 2, 1: 3, 2: 3}), BASE)[0].reports == 2


def test_mood_is_the_same_rule_on_low_mood():
    assert relief.low_mood(Decimal(2)) == Decimal(8)


def lost(low, high):
    return Span(30, LOST, low, high)


@pytest.mark.parametrize(
    ("values", "rising"),
    [
        ([3, 3, 4, 5], True),
        ([3, 4, 3, 4], True),
        ([3, 4, 4, 4], False),
        ([5, 4, 3, 2], False),
        ([3, 4, 5], False),
        ([0, 1, 0, 2], True),
    ],
)
def test_two_of_the_last_three_steps_up(values, rising):
    assert relief.is_rising(reports(dict(enumerate(values)))) is rising


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (lost(16, 17), "16–17"),
        (Span(30, STILL, 6), "6 or more"),
        (Span(30, CUT_OFF, 6), "6 or more"),
        (Span(30, NO_RESPONSE, 0, 0), "none"),
        (Span(30, TOO_FEW), "too few reports"),
        (Span(30, STILL, 0), "0 or more"),
    ],
)
def test_in_words(span, words):
    assert relief.in_words(span) == words
